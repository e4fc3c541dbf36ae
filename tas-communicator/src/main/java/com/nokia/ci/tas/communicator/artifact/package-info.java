/**
 * The files that go between a node and its clients: artifacts that come, one after another or many
 * at a time, results that go back and are kept a while (guide, "Artifacts", "Results filename",
 * "File operation messages").
 *
 * <p>Depends on {@code commons.model}, {@code commons.message} and {@code commons.transport}.
 */
package com.nokia.ci.tas.communicator.artifact;
