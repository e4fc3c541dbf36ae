package com.nokia.ci.tas.communicator.facts;

import java.util.Map;

/**
 * A part of the node that has something to tell of itself, such as the figures of a cache.
 *
 * <p>Asked about once a minute, on any thread, with locks of the edge held: must not block, wait or
 * throw. A source needs no lock of its own towards the others.
 */
@FunctionalInterface
public interface FactSource {
  /**
   * The facts of the moment.
   *
   * @return values by name; names of small letters, digits and {@code -}, ending with {@code
   *     -bytes}, {@code -seconds} or {@code -percent} for a number in that unit; a fact that is not
   *     known is left out
   */
  Map<String, String> facts();
}
