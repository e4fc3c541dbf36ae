package com.nokia.ci.tas.service.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How long a key is good, as one writes it: {@code 365d}, {@code 12h}, {@code 30m}. */
final class Lifetime implements ITypeConverter<Duration> {
  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,5})([dhm])");
  private static final Duration LONGEST = Duration.ofDays(3_650);

  @Override
  public Duration convert(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "\"" + text + "\" is no time; write days, hours or minutes as in 365d, 12h, 30m");
    }
    long number = Long.parseLong(matcher.group(1));
    Duration life =
        switch (matcher.group(2)) {
          case "d" -> Duration.ofDays(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofMinutes(number);
        };
    if (life.compareTo(LONGEST) > 0) {
      throw new TypeConversionException("\"" + text + "\" is more than ten years (3650d)");
    }
    return life;
  }
}
