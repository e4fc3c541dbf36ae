/**
 * Files that people write for the client, in YAML, and where they lie.
 *
 * <p>Sees {@code commons.model} and nothing of the rest of the client.
 */
package com.nokia.ci.tas.client.internal.file;
