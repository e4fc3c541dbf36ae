/**
 * The bridge between detectors and the communicators of a test node: it speaks the CI Proxy
 * protocol on a port of its own (guide, "Installing and launching Test Automation Communicator").
 *
 * <p>One event loop owns what was announced and who listens; detectors only signal it to look
 * again. Depends on {@code ciproxy.detector}, {@code commons.launch}, {@code commons.model}, Netty
 * and SLF4J.
 */
package com.nokia.ci.tas.ciproxy;
