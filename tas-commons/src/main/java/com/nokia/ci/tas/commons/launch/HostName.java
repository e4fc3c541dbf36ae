package com.nokia.ci.tas.commons.launch;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The name under which a program tells its peers to dial it (guide, "Installing and launching Test
 * Automation Service": host name extraction).
 *
 * <p>An argument of the user stands as it is. Else it is the first name that resolves to something
 * other than loopback: the canonical name of the machine, then the environment variables {@code
 * HOST}, {@code HOSTNAME}, {@code COMPUTERNAME}. Where none does, it is the address from which the
 * connection leaves. So a name that leads a peer on another machine to that machine itself is never
 * told to anybody.
 *
 * <p>Safe for use by any thread. The name is looked for once, in {@link #ofThisMachine}, which
 * takes two seconds at most even where a resolver hangs.
 */
public final class HostName {
  private static final List<String> VARIABLES = List.of("HOST", "HOSTNAME", "COMPUTERNAME");

  private final Network network;
  private final Optional<String> name;
  private final String own;

  private HostName(Network network, Optional<String> name) {
    this.network = network;
    this.name = name;
    this.own =
        name.orElseGet(() -> network.outwardAddress().map(HostName::literal).orElse("127.0.0.1"));
  }

  /**
   * Finds the name of this machine.
   *
   * @param argument what the user gave as {@code …Hostname=}; it is believed
   */
  public static HostName ofThisMachine(Optional<String> argument) {
    return find(argument, System::getenv, new MachineNetwork());
  }

  /**
   * Finds the name of a machine.
   *
   * @param environment a variable's value, or null as {@link System#getenv(String)} has it
   */
  static HostName find(
      Optional<String> argument, Function<String, String> environment, Network network) {
    if (argument.isPresent()) {
      return new HostName(network, argument);
    }
    Stream<String> variables =
        VARIABLES.stream().flatMap(it -> Stream.ofNullable(environment.apply(it)));
    Optional<String> name =
        Stream.concat(network.canonicalName().stream().filter(it -> !isLiteral(it)), variables)
            .map(String::strip)
            .filter(it -> !it.isEmpty())
            .distinct()
            .filter(it -> leadsHere(it, network))
            .findFirst();
    return new HostName(network, name);
  }

  /**
   * The name for pages, logs and peers that are not known yet: never loopback as long as the
   * machine has any other address. It stays the same, because peers know a program by it.
   */
  public String own() {
    return own;
  }

  /**
   * The name to tell a peer: {@link #own()} where a name was found or the peer is on this machine,
   * else the address from which a connection to it leaves. Looks up the peer, so not for an event
   * loop.
   *
   * @param peer name or address that the peer is dialled at
   */
  public String towards(String peer) {
    if (name.isPresent()) {
      return name.get();
    }
    return network.addressesOf(peer).stream()
        .filter(it -> !network.isOwn(it))
        .findFirst()
        .flatMap(network::sourceTowards)
        .filter(it -> !it.isLoopbackAddress())
        .map(HostName::literal)
        .orElseGet(this::own);
  }

  private static boolean leadsHere(String name, Network network) {
    var addresses = network.addressesOf(name);
    return !addresses.isEmpty() && addresses.stream().noneMatch(InetAddress::isLoopbackAddress);
  }

  private static boolean isLiteral(String name) {
    return name.indexOf(':') >= 0 || name.matches("[0-9.]+");
  }

  private static String literal(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }
}
