/**
 * A farm of real processes that are killed, stalled and started again at random while it works, and
 * a judge that looks at it from outside: what {@code ./tas torture} runs.
 *
 * <p>Sees the published client library and the programs as processes; nothing of what is inside
 * them.
 */
package com.nokia.ci.tas.samples.torture;
