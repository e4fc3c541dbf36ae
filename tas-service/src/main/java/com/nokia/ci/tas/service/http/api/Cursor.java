package com.nokia.ci.tas.service.http.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * Where a page of the list of tests ends. Told to programs as a word that means nothing to them.
 *
 * @param part of the list
 * @param number of an ended test, or the place in the queue
 * @param id of the last test that was listed, where that is what counts
 */
public record Cursor(Part part, long number, String id) {

  /** The parts of the list, in their order. */
  public enum Part {
    RUNNING,
    WAITING,
    ENDED
  }

  /** Reads the word. */
  static Cursor of(String word) {
    try {
      String[] parts =
          new String(Base64.getUrlDecoder().decode(word), StandardCharsets.UTF_8).split(" ", 3);
      return new Cursor(
          Part.valueOf(parts[0].toUpperCase(Locale.ROOT)), Long.parseLong(parts[1]), parts[2]);
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "cursor is what the page before gave as next, and nothing else.", e);
    }
  }

  /** The word for programs. */
  public String word() {
    String text = part.name().toLowerCase(Locale.ROOT) + " " + number + " " + id;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
