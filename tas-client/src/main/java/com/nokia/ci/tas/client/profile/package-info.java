/**
 * Named defaults of tests, so that who starts one names a profile and nothing else.
 *
 * <p>Sees {@code client.internal.file} and {@code commons.model}.
 */
package com.nokia.ci.tas.client.profile;
