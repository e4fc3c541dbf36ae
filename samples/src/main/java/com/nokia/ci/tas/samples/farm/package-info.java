/**
 * A farm of real processes on one machine: what the demonstration, the benchmarks and the
 * end-to-end tests start.
 *
 * <p>Starts the jars as a user does, each in a directory of its own; uses nothing of what is inside
 * them.
 */
package com.nokia.ci.tas.samples.farm;
