package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.service.http.view.Address;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses that people have bookmarked from earlier services. */
final class EarlierAddresses {
  private static final Pattern NODE =
      Pattern.compile(
          "/test-node-hostname:(?<host>[^;]*);test-node-port:(?<port>[^;]*);"
              + "(?:product-imei:(?<imei>[^;]*);)?");

  private EarlierAddresses() {}

  /** Where such an address leads now; empty when it is none. */
  static Optional<Answer> answer(String path) {
    if (path.startsWith("/action:")) {
      return Optional.of(
          Answer.sentence(
              403,
              "Opening an address changes nothing here; set maintenance-mode=1 in"
                  + " configuration.dat to turn the maintenance mode on."));
    }
    if (path.startsWith("/statistics-date:")) {
      return Optional.of(Answer.elsewhere("/#ended"));
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
}
