package com.nokia.ci.tas.service.cli;

import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.service.access.AccessKey;
import com.nokia.ci.tas.service.access.keys.FarmKeys;
import com.nokia.ci.tas.service.access.keys.KeyOrder;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Makes all that a farm needs to let other machines in, in one step. */
@Command(
    name = "tas keys",
    description = {
      "Makes the keys of a farm, so that nodes and clients on other machines can join it.",
      "",
      "Without a command it makes everything at once: an authority, the certificate of the service,"
          + " a key file for a node and one for a client. Run it in the directory of the service,"
          + " which may be running meanwhile."
    },
    subcommands = {
      NodeKeyCommand.class,
      ClientKeyCommand.class,
      ListKeysCommand.class,
      RevokeKeysCommand.class,
      RenewKeysCommand.class
    },
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "[COMMAND]",
    versionProvider = KeysProgram.Version.class,
    footer = {
      "",
      "Examples:",
      "  tas keys",
      "  tas keys node --label \"rack 4\" --out rack4.key",
      "  tas keys client --label nightly --role submit --expires 90d",
      "  tas keys list",
      "  tas keys revoke 3f9c2a71",
      "  tas keys renew",
      "",
      "Exit codes: 0 done, 1 it cannot be done and a sentence says why, 2 wrong usage."
    })
final class KeysCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private StoreOption store = new StoreOption();
  @Mixin private HostOption host = new HostOption();

  @Option(
      names = "--farm",
      paramLabel = "NAME",
      description =
          "What people call the farm; it stands in its certificates (default: this farm).")
  private String farm = "this farm";

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    FarmKeys keys = store.keys();
    if (keys.directory().hasAuthority()) {
      out.println("The farm has keys already, in " + keys.directory().service().getParent() + ".");
      out.println("See them with: tas keys list");
      out.println("Make another key file with: tas keys node, or: tas keys client");
      return KeysProgram.DONE;
    }
    boolean isNew = !Files.isDirectory(store.store());
    keys.create(farm, host.hosts());
    store.audit("make keys of the farm", farm);
    Path node = new KeyFileOption().write(store, () -> keys.make(KeyOrder.node("first node")));
    Path client = new KeyFileOption().write(store, () -> keys.make(firstClient()));
    out.println("The farm has keys now.");
    if (isNew) {
      out.println("No service has run here yet: they are for the one that you start in this");
      out.println("directory, on port " + store.port() + ".");
    }
    out.println();
    out.println("  " + node + "    for a node: start its communicator with FarmKey=" + node);
    out.println("  " + client + "  for a client: give it --farm-key " + client);
    out.println();
    out.println("Copy each file to its machine, for one user alone, and delete it here: it holds");
    out.println(
        "secrets that are kept nowhere else. The service takes its certificate into use by");
    out.println("itself, within two seconds. A browser trusts its page once it was told of");
    out.println("  " + keys.directory().authorityCertificate());
    return KeysProgram.DONE;
  }

  private static KeyOrder firstClient() {
    var grant =
        new AccessKey.Grant(Optional.of(AccessRole.SUBMIT), Optional.empty(), Optional.empty());
    return new KeyOrder(AccessKey.Kind.CLIENT, "first client", grant, KeyOrder.USUAL_LIFE);
  }
}
