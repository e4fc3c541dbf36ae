/**
 * The published client of the guide: what a CI plug-in embeds to have its tests executed.
 *
 * <p>Sees {@code client.internal} and the published types of {@code commons}.
 */
package com.nokia.ci.tas.client;
