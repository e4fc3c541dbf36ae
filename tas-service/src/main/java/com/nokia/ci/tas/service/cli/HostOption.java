package com.nokia.ci.tas.service.cli;

import com.nokia.ci.tas.commons.launch.HostName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** By which names browsers reach the service; nodes and clients do not care. */
final class HostOption {
  private static final List<String> HERE = List.of("localhost", "127.0.0.1", "::1");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description = {
        "A name or address by which browsers reach the service; repeat it for more. Found out when"
            + " left out."
      })
  private List<String> hosts = List.of();

  List<String> hosts() {
    Set<String> all = new LinkedHashSet<>();
    if (hosts.isEmpty()) {
      all.add(HostName.ofThisMachine(Optional.empty()).own());
    }
    for (String host : hosts) {
      if (!host.matches("[A-Za-z0-9._-]{1,253}|[0-9A-Fa-f.]*(:[0-9A-Fa-f.]*){2,8}")) {
        throw new ParameterException(
            spec.commandLine(), "--host has a value that is no host name and no address");
      }
      all.add(host);
    }
    all.addAll(HERE);
    return List.copyOf(all);
  }
}
