/** Parts measured by the Java Microbenchmark Harness, each beside what a bare library does. */
package com.nokia.ci.tas.benchmarks;
