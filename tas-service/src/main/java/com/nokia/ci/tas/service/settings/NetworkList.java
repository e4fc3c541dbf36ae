package com.nokia.ci.tas.service.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The networks whose machines may speak plainly to the service.
 *
 * <p>Immutable. Names are not looked up: a list must mean the same whatever a name server says.
 *
 * @param networks in the order written
 */
public record NetworkList(List<Network> networks) {
  /** A list that holds nobody. */
  public static final NetworkList NOBODY = new NetworkList(List.of());

  public NetworkList {
    networks = List.copyOf(networks);
  }

  /**
   * Reads networks separated by commas or blanks: {@code 10.1.0.0/16, 192.168.7.20, fd00::/8}.
   *
   * @throws IllegalArgumentException with a sentence that names the part that is no network
   */
  public static NetworkList parse(String text) {
    var networks = new ArrayList<Network>();
    for (String part : text.strip().split("[,\\s]+", -1)) {
      if (!part.isEmpty()) {
        networks.add(Network.parse(part));
      }
    }
    return new NetworkList(networks);
  }

  /** Whether an address lies in one of the networks. */
  public boolean contains(InetAddress address) {
    return networks.stream().anyMatch(network -> network.contains(address));
  }

  @Override
  public String toString() {
    return String.join(", ", networks.stream().map(Network::toString).toList());
  }

  /**
   * Addresses that begin alike.
   *
   * @param base the address as given; an IPv4 address inside IPv6 is held as IPv4
   * @param bits how many leading bits count
   */
  public record Network(InetAddress base, int bits) {

    static Network parse(String text) {
      int slash = text.indexOf('/');
      String host = slash < 0 ? text : text.substring(0, slash);
      InetAddress base =
          address(host)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "\""
                              + text
                              + "\" is not a network; write an address such as 10.1.2.3 or a network"
                              + " such as 10.1.0.0/16"));
      int longest = base.getAddress().length * 8;
      if (slash < 0) {
        return new Network(base, longest);
      }
      int bits;
      try {
        bits = Integer.parseInt(text.substring(slash + 1));
      } catch (NumberFormatException e) {
        bits = -1;
      }
      if (bits < 0 || bits > longest) {
        throw new IllegalArgumentException(
            "\"" + text + "\" needs a number from 0 to " + longest + " after its slash");
      }
      return new Network(base, bits);
    }

    boolean contains(InetAddress address) {
      byte[] ours = base.getAddress();
      byte[] theirs = address.getAddress();
      if (ours.length != theirs.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if ((ours[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }

    private static Optional<InetAddress> address(String text) {
      boolean literal =
          (text.indexOf(':') >= 0 && text.matches("[0-9A-Fa-f:.]+"))
              || text.matches("\\d{1,3}(\\.\\d{1,3}){3}");
      if (!literal) {
        return Optional.empty();
      }
      try {
        return Optional.of(InetAddress.getByName(text));
      } catch (UnknownHostException e) {
        return Optional.empty();
      }
    }

    @Override
    public String toString() {
      return base.getHostAddress() + "/" + bits;
    }
  }
}
