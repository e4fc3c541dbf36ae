/**
 * The network: plain connections that carry one message each, files that follow a message, and
 * outboxes that keep the order of what one peer is told.
 *
 * <p>Knows bytes, {@code commons.message} and its codec, not the farm. Apart from the {@code
 * ChannelPipeline} that {@link com.nokia.ci.tas.commons.transport.ListenSettings} hands to an HTTP
 * server, no type of Netty leaves this package. Everything that comes from outside costs bounded
 * memory and bounded time here: the bounds are in {@link
 * com.nokia.ci.tas.commons.transport.Deadlines} and {@link
 * com.nokia.ci.tas.commons.transport.Caps}.
 */
package com.nokia.ci.tas.commons.transport;
