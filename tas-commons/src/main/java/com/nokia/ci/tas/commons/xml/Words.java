package com.nokia.ci.tas.commons.xml;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Constants as the words that stand for them in messages. */
final class Words {
  private Words() {}

  /** {@code test-node} for {@code TEST_NODE}. */
  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** All words of a kind, with commas between. */
  static <E extends Enum<E>> String of(Class<E> kinds) {
    return Arrays.stream(kinds.getEnumConstants()).map(Words::of).collect(Collectors.joining(", "));
  }
}
