/**
 * The benchmark driver: whole paths through a farm of real processes, each beside a floor taken in
 * the same run on the same machine. Prints ratios; a figure without its floor says little.
 */
package com.nokia.ci.tas.samples.bench;
