/**
 * Runs the fuzzer over everything in the project that reads bytes from outside: finds the targets,
 * gives each its share of the time in a process of its own, and prints what came of it.
 *
 * <p>The targets are the {@code @FuzzTest} methods among this module's tests. As plain tests they
 * replay their corpus; here the fuzzer goes on from it.
 */
package com.nokia.ci.tas.fuzzing;
