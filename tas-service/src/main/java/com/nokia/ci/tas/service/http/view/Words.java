package com.nokia.ci.tas.service.http.view;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How pages say times and other things that come in many forms. */
public final class Words {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private static final Pattern MOMENT =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?Z");

  private Words() {}

  /** A moment on the clock of the service. */
  static String moment(Instant instant, ZoneId zone) {
    return TIME.format(instant.atZone(zone));
  }

  /** A duration by its two largest units: {@code 2 d 3 h}, {@code 5 min 7 s}, {@code 0 s}. */
  static String duration(Duration duration) {
    Duration shown = duration.isNegative() ? Duration.ZERO : duration;
    List<String> parts =
        Stream.of(
                part(shown.toDays(), "d"),
                part(shown.toHoursPart(), "h"),
                part(shown.toMinutesPart(), "min"),
                part(shown.toSecondsPart(), "s"))
            .filter(part -> !part.isEmpty())
            .limit(2)
            .toList();
    return parts.isEmpty() ? "0 s" : String.join(" ", parts);
  }

  /** The same, and of less than a second the milliseconds. */
  static String exactly(Duration duration) {
    return duration.toMillis() > 0 && duration.toMillis() < 1_000
        ? duration.toMillis() + " ms"
        : duration(duration);
  }

  /** The same with a capital letter at its beginning. */
  public static String capital(String sentence) {
    return sentence.isEmpty()
        ? ""
        : sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
  }

  /** A sentence of the farm, in which moments are as programs read them, for a person. */
  static String sentence(String text, ZoneId zone) {
    return MOMENT.matcher(text).replaceAll(found -> moment(found.group(), zone));
  }

  private static String moment(String machine, ZoneId zone) {
    try {
      return moment(Instant.parse(machine), zone);
    } catch (DateTimeParseException e) {
      return machine;
    }
  }

  /** {@code 1 node}, {@code 2 nodes}. */
  static String count(long number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }

  private static String part(long number, String unit) {
    return number == 0 ? "" : number + " " + unit;
  }
}
