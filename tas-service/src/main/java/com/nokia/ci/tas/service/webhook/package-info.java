/**
 * Tells other programs over HTTP what happens to tests: each transition once it is news, in order
 * for each hook, signed, tried until it was taken, spooled on disk in between. Never slows the
 * farm.
 *
 * <p>Depends on {@code service.news}, {@code service.access.store} for a private directory, and the
 * HTTP client of Java.
 */
package com.nokia.ci.tas.service.webhook;
