/**
 * The pure core of one node: which runs the service wants against which runs there are. Events in,
 * effects out; reads no clock and touches nothing.
 *
 * <p>Depends on {@code java.*} and {@code commons.model} alone.
 */
package com.nokia.ci.tas.communicator.node;
