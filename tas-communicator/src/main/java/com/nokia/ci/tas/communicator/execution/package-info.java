/**
 * What a node does on its own machine for a run: the workspace, the command line, the process tree
 * of the executor and its output (guide, "Test execution flow" 3.1 to 3.6).
 *
 * <p>Depends on {@code commons.model} and {@code commons.json}; knows nothing of the network and of
 * the node's core.
 */
package com.nokia.ci.tas.communicator.execution;
