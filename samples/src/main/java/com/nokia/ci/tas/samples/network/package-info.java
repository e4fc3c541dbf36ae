/**
 * A network that misbehaves on purpose, for tests and measurements on one machine. Uses nothing of
 * the programs.
 */
package com.nokia.ci.tas.samples.network;
