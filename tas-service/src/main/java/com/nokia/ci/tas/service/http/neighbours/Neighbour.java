package com.nokia.ci.tas.service.http.neighbours;

import com.nokia.ci.tas.commons.model.Endpoint;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

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
    var all = new ArrayList<Neighbour>();
    for (String part : text.split(",", -1)) {
      String address = part.strip();
      String scheme = address.startsWith("https://") ? "https://" : "http://";
      String place = address.startsWith(scheme) ? address.substring(scheme.length()) : address;
      try {
        var base = URI.create(scheme + Endpoint.parse(place));
        if (base.getHost() != null
            && base.getPort() > 0
            && base.getPort() <= LAST_PORT
            && all.size() < MOST) {
          all.add(new Neighbour(base));
        }
      } catch (IllegalArgumentException e) {
        continue; // an empty part, or a slip of whoever wrote it
      }
    }
    return List.copyOf(all);
  }

  /** {@code host:port}. */
  public String name() {
    return base.getAuthority();
  }
}
