/**
 * The keys of a farm: its authority, the certificate of its service, and the key files of nodes and
 * clients.
 *
 * <p>The one place where certificates are made; depends on Bouncy Castle for it, on {@code
 * service.access} and its store, and on {@code commons.trust}.
 */
package com.nokia.ci.tas.service.access.keys;
