/**
 * What a node keeps of its runs on disk: that they are there, so that a node that is killed knows
 * of them in its next life, their output, and their results until they are delivered and a while
 * longer (docs/node-owner-reference.md, "Results").
 *
 * <p>Depends on {@code commons.model}, {@code communicator.node}, {@code .execution} and {@code
 * .facts}.
 */
package com.nokia.ci.tas.communicator.keeping;
