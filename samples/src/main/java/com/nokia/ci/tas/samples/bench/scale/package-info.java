/**
 * The scale driver: the farm's core alone, with a thousand nodes and up to a hundred thousand
 * waiting tests. Prints how long decisions take and whether they take longer when more tests wait.
 */
package com.nokia.ci.tas.samples.bench.scale;
