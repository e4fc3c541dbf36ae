/**
 * What a client hears of a service over HTTP: the ends of tests that others have started. Not for
 * callers of the library.
 *
 * <p>Depends on {@code client.internal}, {@code commons.model}, {@code commons.trust}, the HTTP
 * client of Java and Jackson's streaming core.
 */
package com.nokia.ci.tas.client.internal.http;
