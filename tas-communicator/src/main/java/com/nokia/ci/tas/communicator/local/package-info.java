/**
 * Runs one test on this machine without a farm, for the person who writes its script: with the
 * workspace, executor and results of a node, from {@code .execution}, and a command line instead of
 * a service and a client. Knows no network.
 */
package com.nokia.ci.tas.communicator.local;
