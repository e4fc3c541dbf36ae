package com.nokia.ci.tas.samples.conformance;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says claim by claim whether a peer keeps to the protocol: {@code --peer
 * service|communicator|client HOST:PORT}. A service is dialled there; a communicator or a client
 * has to be told that its service is there.
 *
 * <p>{@code --record DIRECTORY} writes down what the programs of this release say, for the next.
 *
 * <p>Ends with 0 when every claim was kept, 1 when one was broken, 2 when it was started wrongly.
 */
public final class Conformance {
  private static final String USAGE =
      "usage: ./tas conformance --peer service|communicator|client HOST:PORT [--patience SECONDS]"
          + " [--plain], or --record DIRECTORY; docs/conformance.md tells more";

  private Conformance() {}

  /** Reads the arguments and holds the conversations. */
  public static void main(String[] arguments) throws Exception {
    System.exit(run(List.of(arguments), System.out));
  }

  /**
   * The same without ending the process.
   *
   * @return the exit code
   */
  static int run(List<String> arguments, PrintStream out) throws Exception {
    if (arguments.size() == 2 && arguments.get(0).equals("--record")) {
      Path directory = Path.of(arguments.get(1)).toAbsolutePath();
      Recorder.record(directory);
      out.println("node.txt and client.txt of this release are in " + directory);
      return 0;
    }
    Optional<Wish> wish = wish(arguments);
    if (wish.isEmpty()) {
      out.println(USAGE);
      return 2;
    }
    var report = new Report(out);
    try {
      talk(wish.get(), report);
    } catch (IOException e) {
      report.conversation("The network");
      report.claim(
          "the peer can be reached",
          () -> {
            throw e;
          });
    }
    return report.exitCode();
  }

  /**
   * What was asked for.
   *
   * @param peer service, communicator or client
   * @param address to dial or to listen on
   * @param patience for one step
   * @param plainOnly whether sessions are left out
   */
  private record Wish(String peer, Address address, Duration patience, boolean plainOnly) {}

  private static Optional<Wish> wish(List<String> arguments) {
    String peer = "";
    Duration patience = Duration.ofSeconds(20);
    List<String> rest = new ArrayList<>();
    boolean plainOnly = false;
    try {
      for (int i = 0; i < arguments.size(); i++) {
        switch (arguments.get(i)) {
          case "--peer" -> peer = arguments.get(++i);
          case "--patience" -> patience = Duration.ofSeconds(Long.parseLong(arguments.get(++i)));
          case "--plain" -> plainOnly = true;
          default -> rest.add(arguments.get(i));
        }
      }
      return rest.size() == 1 && List.of("service", "communicator", "client").contains(peer)
          ? Optional.of(new Wish(peer, Address.parse(rest.get(0)), patience, plainOnly))
          : Optional.empty();
    } catch (IndexOutOfBoundsException | IllegalArgumentException notUnderstood) {
      return Optional.empty();
    }
  }

  private static void talk(Wish wish, Report report) throws Exception {
    switch (wish.peer()) {
      case "service" -> {
        var kit = new Kit(report, wish.patience(), hostTowards(wish.address()));
        try (var plainly = new ServicePlainly(kit, wish.address())) {
          plainly.talk();
        }
        if (!wish.plainOnly()) {
          new ServiceInSession(kit, wish.address()).talk();
        }
      }
      case "communicator" -> {
        var kit = new Kit(report, wish.patience(), wish.address().host());
        try (var talks = new CommunicatorTalks(kit, wish.address().port(), wish.plainOnly())) {
          talks.talk();
        }
      }
      default -> {
        var kit = new Kit(report, wish.patience(), wish.address().host());
        try (var talks = new ClientTalks(kit, wish.address().port(), wish.plainOnly())) {
          talks.talk();
        }
      }
    }
  }

  /** Under which address a peer reaches this machine. */
  private static String hostTowards(Address peer) throws Exception {
    try (Socket socket = PlainPort.connect(peer)) {
      InetAddress own = socket.getLocalAddress();
      return own.isLoopbackAddress() ? "localhost" : own.getHostAddress();
    }
  }
}
