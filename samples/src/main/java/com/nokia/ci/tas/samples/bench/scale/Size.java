package com.nokia.ci.tas.samples.bench.scale;

/**
 * How large a farm is.
 *
 * @param nodes how many nodes
 * @param productsPerNode how many products each has, all of which can be in use at once
 * @param requirements how many different requirements the tests have
 * @param waiting how many tests wait
 * @param bounds in how many different ways tests ask for more than a number; 0: they do not
 */
record Size(int nodes, int productsPerNode, int requirements, int waiting, int bounds) {

  /** The size that the farm is made for, but for the length of the queue. */
  static Size full(int waiting) {
    return new Size(1_000, 10, 200, waiting, 0);
  }

  /** The same whose tests ask for more than a number besides. */
  Size comparing(int newBounds) {
    return new Size(nodes, productsPerNode, requirements, waiting, newBounds);
  }

  int products() {
    return nodes * productsPerNode;
  }
}
