/**
 * The gates of a node: what its owner or a test demands of the machine before an executor is
 * started.
 *
 * <p>Depends on {@code commons.model}, {@code communicator.facts} and {@code
 * communicator.execution}; when to look, and what follows, is decided in {@code communicator.node}.
 */
package com.nokia.ci.tas.communicator.gate;
