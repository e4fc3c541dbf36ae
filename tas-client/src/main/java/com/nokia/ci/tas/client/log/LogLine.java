package com.nokia.ci.tas.client.log;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that happened to a test.
 *
 * @param at when; empty where nobody has noted it, as for what an executor printed some time ago
 * @param level how much it matters
 * @param part who says it
 * @param text a sentence, or a line of output
 */
public record LogLine(Optional<Instant> at, Level level, Part part, String text) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final String NO_TIME = " ".repeat("uuuu-MM-dd HH:mm:ss.SSS".length());

  public LogLine {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(level, "level");
    Objects.requireNonNull(part, "part");
    Objects.requireNonNull(text, "text");
  }

  /** A line about something that happens now. */
  static LogLine now(Level level, Part part, String text) {
    return new LogLine(Optional.of(Instant.now()), level, part, text);
  }

  /** Time in UTC, level, part and text, in columns; what a terminal would obey is left out. */
  @Override
  public String toString() {
    return "%s %-7s %-8s %s"
        .formatted(
            at.map(TIME::format).orElse(NO_TIME),
            level,
            part.name().toLowerCase(Locale.ROOT),
            text.replaceAll("[\\p{Cntrl}&&[^\t]]", "?"));
  }
}
