package com.nokia.ci.tas.service.farm;

/** What goes wrong in a simulated farm before peace comes. */
enum Mischief {
  /** Nodes, products and clients come, go, lie and repeat themselves; messages are lost. */
  PEERS,
  /** That, and the service is killed at any of its writes, and at any other instant. */
  PEERS_AND_SERVICE,
  /** The service is killed again and again; all others do what they should. */
  SERVICE;

  /** What goes wrong in the farm of a seed. */
  static Mischief of(long seed) {
    return values()[Math.floorMod(seed, values().length)];
  }

  boolean isOfPeers() {
    return this != SERVICE;
  }

  boolean isOfService() {
    return this != PEERS;
  }
}
