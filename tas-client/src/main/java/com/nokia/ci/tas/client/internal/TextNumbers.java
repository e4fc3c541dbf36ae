package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.commons.message.TextMessage;
import com.nokia.ci.tas.commons.message.TextNumber;
import java.util.HashMap;
import java.util.Map;

/**
 * Which texts of a test were told: a node whose way to us changed says the last ones again
 * (docs/session.md, section 7). Guarded by whoever has it.
 */
final class TextNumbers {
  /** Of a test that is split; no farm has as many products. */
  private static final int MOST_PARTS = 10_000;

  private final Map<String, TextNumber> last = new HashMap<>();

  /** Whether the text was not told before; a text without a number never was. */
  boolean isNew(TextMessage message) {
    if (message.number().isEmpty()) {
      return true;
    }
    String part = message.test().id().subId();
    TextNumber number = message.number().get();
    TextNumber before = last.get(part);
    if (before == null ? last.size() >= MOST_PARTS : number.compareTo(before) <= 0) {
      return false;
    }
    last.put(part, number);
    return true;
  }
}
