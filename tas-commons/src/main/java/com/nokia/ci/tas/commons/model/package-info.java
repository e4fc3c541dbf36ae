/**
 * Immutable values that the cores of service, node and client speak: names, addresses, products,
 * tests, requirements, reasons.
 *
 * <p>Depends on {@code java.*} alone. Nothing here reads a clock, a file or a socket, and nothing
 * here is ever {@code null}: what was not said is an empty text, {@link java.time.Duration#ZERO} or
 * {@link java.time.Instant#EPOCH}.
 */
package com.nokia.ci.tas.commons.model;
