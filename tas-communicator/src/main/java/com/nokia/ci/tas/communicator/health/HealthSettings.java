package com.nokia.ci.tas.communicator.health;

import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.SettingsException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The health test that the owner of a node has for its products.
 *
 * @param command what is run, as the executor application of a test; gets the product like one
 * @param products IMEIs and RM codes of those that it is for, in lower case; empty: all
 * @param every from the end of one to the next one of a product; empty: not by schedule
 * @param afterFailures it follows so many failed tests in a row on a product; 0: it does not
 * @param limit how long one may take
 */
public record HealthSettings(
    String command,
    Set<String> products,
    Optional<Duration> every,
    int afterFailures,
    Duration limit) {
  /** How often a sick product is tried where there is no schedule. */
  static final Duration SICK_EVERY = Duration.ofHours(1);

  private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,5})([smh]?)");

  public HealthSettings {
    products = Set.copyOf(products);
    Objects.requireNonNull(every, "every");
    Objects.requireNonNull(limit, "limit");
    if (command.isBlank() || afterFailures < 0 || limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("no command, or a number that is too small");
    }
  }

  /** Whether it is for this product. */
  public boolean isFor(ProductDescription product) {
    return products.isEmpty()
        || Stream.of(product.id().imei(), product.value(ProductAttribute.RM_CODE))
            .map(word -> word.toLowerCase(Locale.ROOT))
            .anyMatch(products::contains);
  }

  /** From the end of one to the next one of a sick product. */
  Duration sickEvery() {
    return every.orElse(SICK_EVERY);
  }

  /**
   * Reads a time as people write it: {@code 30s}, {@code 10m}, {@code 4h}; a number alone is hours.
   *
   * @param argument named when it cannot be read
   */
  public static Duration time(String argument, String text) {
    var time = TIME.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!time.matches()) {
      throw new SettingsException(
          "argument "
              + argument
              + " is "
              + text
              + "; write a number of hours, or one with s, m or h behind it, such as 30m");
    }
    long number = Long.parseLong(time.group(1));
    return switch (time.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }
}
