/**
 * Tells others what tests found: publishers, which are found by {@link java.util.ServiceLoader},
 * and those that come with the client.
 *
 * <p>Sees {@code client.verdict} and nothing else of the client. A publisher may fail or hang
 * without any influence on a verdict.
 */
package com.nokia.ci.tas.client.publish;
