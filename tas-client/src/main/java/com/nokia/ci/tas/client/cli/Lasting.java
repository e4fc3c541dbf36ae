package com.nokia.ci.tas.client.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** For how long an order holds. */
final class Lasting {
  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "Ends by itself after so long: 90m, 8h, 3d. Left out: until enabled.")
  private Optional<Duration> time = Optional.empty();

  void addTo(ObjectNode body) {
    time.ifPresent(it -> body.put("until", Instant.now().plus(it).toEpochMilli()));
  }

  /** Reads a number and the first letter of minutes, hours or days. */
  static final class TimeConverter implements ITypeConverter<Duration> {
    private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,5})([mhd])");

    @Override
    public Duration convert(String text) {
      var time = TIME.matcher(text.strip());
      if (!time.matches()) {
        throw new TypeConversionException("\"" + text + "\" is no time such as 90m, 8h or 3d");
      }
      long number = Long.parseLong(time.group(1));
      return switch (time.group(2)) {
        case "m" -> Duration.ofMinutes(number);
        case "h" -> Duration.ofHours(number);
        default -> Duration.ofDays(number);
      };
    }
  }
}
