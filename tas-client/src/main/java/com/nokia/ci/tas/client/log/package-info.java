/**
 * The log of a run: what happened to one test, from all its parts in one place and in order, in
 * words of whoever started it.
 *
 * <p>Sees {@code client.internal}, {@code client.verdict} and the published types of {@code
 * commons}; the API for programs and the command line see it.
 */
package com.nokia.ci.tas.client.log;
