package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.service.http.view.Address;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses that people have bookmarked from earlier services. */
final class EarlierAddresses {
  private static final Pattern NODE =
      Pattern.compile(
          "/test-node-hostname:(?<host>[^;]*);test-node-port:(?<port>[^;]*);"
              + "(?:product-imei:(?<imei>[^;]*);)?");
  private static final Pattern DAY = Pattern.compile("/statistics-date:(?<day>[^;]*);?");
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("dd.MM.uuuu", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private EarlierAddresses() {}

  /** Where such an address leads now; empty when it is none. */
  static Optional<Answer> answer(String path) {
    if (path.startsWith("/action:")) {
      return Optional.of(
          Answer.sentence(
              403,
              "Opening an address changes nothing here. Disable or drain a node on its page, or"
                  + " set maintenance-mode=1 in configuration.dat for the whole farm."));
    }
    Matcher day = DAY.matcher(path);
    if (day.matches()) {
      return Optional.of(statistics(day.group("day")));
    }
    Matcher node = NODE.matcher(path);
    if (!node.matches()) {
      return Optional.empty();
    }
    String imei = node.group("imei");
    return Optional.of(
        Answer.elsewhere(
            imei == null
                ? Address.ofNode(node.group("host") + ":" + node.group("port"))
                : Address.ofProduct(imei)));
  }

  private static Answer statistics(String text) {
    try {
      LocalDate day = LocalDate.parse(text, DATE);
      return Answer.elsewhere("/statistics?from=" + day + "&to=" + day);
    } catch (DateTimeParseException e) {
      return Answer.sentence(400, "Write the day as dd.MM.yyyy, such as 24.12.2026.");
    }
  }
}
