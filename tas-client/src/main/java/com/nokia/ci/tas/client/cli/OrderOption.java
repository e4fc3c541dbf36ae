package com.nokia.ci.tas.client.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nokia.ci.tas.commons.model.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What every order to a service needs: which service, in whose name, why. */
final class OrderOption {
  @Mixin private ServiceOption service = new ServiceOption();

  @Option(
      names = "--why",
      paramLabel = "TEXT",
      description = "The reason, for whoever looks at it later.")
  private String why = "";

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      description = {
        "Without a farm key: the directory that the service runs in, on this machine (default: the",
        "current one). Whoever can read its files may give orders."
      })
  private Path directory = Path.of("");

  @Mixin private JsonOption json = new JsonOption();

  String why() {
    return why.strip();
  }

  ObjectNode body() {
    return new ObjectMapper().createObjectNode().put("reason", why());
  }

  /**
   * Gives the order and tells what came of it.
   *
   * @param segments of the path behind {@code /api/v1}, the verb last
   * @return the exit code
   * @throws CommandRefusal when the service does not do it
   */
  int give(CommandSpec spec, ObjectNode body, String... segments) {
    var answer = authorized().order(body, segments);
    if (answer.status() != 202) {
      throw new CommandRefusal(code(answer.status()), sentence(answer));
    }
    json.print(spec, answer.body(), () -> spec.name() + " " + segments[1] + ": ordered");
    return ExitCode.FINISHED.number();
  }

  private static String sentence(ServicePages.Ordered answer) {
    return answer.status() == 401
        ? "the service does not know you: give --farm-key a key with the role operate, or run this on"
            + " the service's machine, as its user, in its directory or with --directory"
        : answer.body().path("error").asText("the service answers " + answer.status());
  }

  private static ExitCode code(int status) {
    return switch (status) {
      case 400 -> ExitCode.WRONG_USAGE;
      case 401, 403, 404, 409, 429 -> ExitCode.REFUSED;
      default -> ExitCode.INFRASTRUCTURE;
    };
  }

  /** With the farm key, or else with the token that the service lays into its store. */
  private ServicePages authorized() {
    return service.key().isPresent() ? service.pages() : service.pages().showing(this::storeToken);
  }

  private Optional<String> storeToken(Endpoint to) {
    Path file = directory.resolve("store").resolve(String.valueOf(to.port())).resolve("operator");
    try {
      return isThisMachine(to.host()) && Files.isReadable(file)
          ? Optional.of(Files.readString(file).strip())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // the service says what is missing
    }
  }

  /** Whether a host is this machine: what lies in its files is shown to no other one. */
  static boolean isThisMachine(String host) throws IOException {
    InetAddress address = InetAddress.getByName(host);
    return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
  }
}
