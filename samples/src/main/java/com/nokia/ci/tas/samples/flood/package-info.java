/**
 * Peers that mean harm or do not know better, in numbers: what the benchmarks and the end-to-end
 * tests let loose on a farm while a calm client goes on working.
 *
 * <p>Uses sockets and nothing of the project, as a stranger would. Everything stays on loopback.
 */
package com.nokia.ci.tas.samples.flood;
