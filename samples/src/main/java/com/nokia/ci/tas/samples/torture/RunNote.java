package com.nokia.ci.tas.samples.torture;

import java.util.List;
import java.util.Locale;

/**
 * A line that an executor wrote about itself.
 *
 * @param at milliseconds since the epoch
 * @param word what happened
 * @param test runtime id
 * @param pid of the executor
 * @param products IMEIs
 * @param detail depends on the word
 */
record RunNote(long at, Word word, String test, long pid, List<String> products, String detail) {
  /** What executors tell. */
  enum Word {
    /** It runs and has its products. */
    BEGIN,
    /** It has done all of its work. */
    END,
    /** One of its products is in use by another executor. */
    DOUBLE,
    /** An artifact is not what the client sent. */
    CORRUPT
  }

  RunNote {
    products = List.copyOf(products);
  }

  static RunNote read(String line) {
    String[] words = line.split(" ", 6);
    return new RunNote(
        Long.parseLong(words[0]),
        Word.valueOf(words[1].toUpperCase(Locale.ROOT)),
        words[2],
        Long.parseLong(words[3]),
        List.of(words[4].split(",")),
        words.length > 5 ? words[5] : "");
  }
}
