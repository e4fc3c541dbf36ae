package com.nokia.ci.tas.commons.xml;

import java.util.List;
import java.util.function.Supplier;

/**
 * Takes in what stands inside one block of a document; {@link BoundReader} hands it what {@link
 * Block} knows, and nothing else. What comes twice counts as it came last.
 */
interface Bean {

  /**
   * A leaf.
   *
   * @param name as {@link Block} spells it; of a product or a SIM card any name
   * @param text everything between its tags
   */
  default void leaf(String name, String text) {
    throw new IllegalStateException("nothing takes in <" + name + ">");
  }

  /** A block begins: what takes in what stands inside it. */
  default Bean block(String name) {
    throw new IllegalStateException("nothing takes in <" + name + ">");
  }

  /** For a block of leaves that are all alike: they become these texts. */
  static Bean texts(List<String> texts) {
    texts.clear();
    return new Bean() {
      @Override
      public void leaf(String name, String text) {
        texts.add(text);
      }
    };
  }

  /** For a block of blocks that are all alike: each becomes one of these. */
  static <T extends Bean> Bean each(List<T> beans, Supplier<T> made) {
    beans.clear();
    return new Bean() {
      @Override
      public Bean block(String name) {
        T one = made.get();
        beans.add(one);
        return one;
      }
    };
  }
}
