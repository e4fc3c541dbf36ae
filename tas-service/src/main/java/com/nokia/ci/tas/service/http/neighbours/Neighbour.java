package com.nokia.ci.tas.service.http.neighbours;

import com.nokia.ci.tas.commons.model.Endpoint;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A service of another farm.
 *
 * @param base its address without a path: {@code http://host:port}
 */
public record Neighbour(URI base) {
  private static final int MOST = 50;
  private static final int LAST_PORT = 65_535;

  /**
   * Reads a setting.
   *
   * @param text {@code host:port} or {@code https://host:port}, with commas between; what is none
   *     of these is left out
   * @return at most fifty
   */
  public static List<Neighbour> of(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .map(Neighbour::one)
        .flatMap(Optional::stream)
        .limit(MOST)
        .toList();
  }

  /** None for an empty part, or a slip of whoever wrote it. */
  private static Optional<Neighbour> one(String address) {
    String scheme = address.startsWith("https://") ? "https://" : "http://";
    String place = address.startsWith(scheme) ? address.substring(scheme.length()) : address;
    try {
      var base = URI.create(scheme + Endpoint.parse(place));
      boolean isDialable =
          base.getHost() != null && base.getPort() > 0 && base.getPort() <= LAST_PORT;
      return isDialable ? Optional.of(new Neighbour(base)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** {@code host:port}. */
  public String name() {
    return base.getAuthority();
  }
}
