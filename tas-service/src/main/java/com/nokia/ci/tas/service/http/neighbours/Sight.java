package com.nokia.ci.tas.service.http.neighbours;

import java.util.List;

/**
 * What is seen of another farm.
 *
 * @param farm whose
 * @param trouble why it is not seen, a sentence; empty: it is
 * @param nodes how many are connected
 * @param free products
 * @param products all of them
 * @param waiting tests
 * @param things by which something may be looked for
 */
public record Sight(
    Neighbour farm,
    String trouble,
    int nodes,
    int free,
    int products,
    int waiting,
    List<Thing> things) {

  public Sight {
    things = List.copyOf(things);
  }

  static Sight none(Neighbour farm, String trouble) {
    return new Sight(farm, trouble, 0, 0, 0, 0, List.of());
  }

  /** Whether it answered. */
  public boolean isReachable() {
    return trouble.isEmpty();
  }

  /**
   * Something of another farm.
   *
   * @param sort product, test or node
   * @param name its IMEI, id or address
   * @param state free, busy, running, connected …
   * @param words all in which it may be found, in lower case
   */
  public record Thing(String sort, String name, String state, String words) {}
}
