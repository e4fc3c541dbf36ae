/**
 * The published types of the guide: what a CI plug-in compiles against together with the client.
 *
 * <p>They are mutable because the published API is, are not safe for use by several threads at
 * once, and stop at the edges: everything behind them speaks {@code commons.model}; {@link
 * com.nokia.ci.tas.commons.Published} is where the two meet.
 */
package com.nokia.ci.tas.commons;
