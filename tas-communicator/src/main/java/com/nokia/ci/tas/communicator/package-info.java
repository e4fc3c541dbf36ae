/**
 * The daemon of one test node (guide, "Installing and launching Test Automation Communicator"):
 * what it is told on its command line and how its parts are put together.
 */
package com.nokia.ci.tas.communicator;
