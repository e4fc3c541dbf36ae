package com.nokia.ci.tas.service.cli;

import com.nokia.ci.tas.commons.model.KeyId;
import com.nokia.ci.tas.service.access.keys.FarmKeys;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives the service a new certificate, or a key a successor. */
@Command(
    name = "renew",
    description = {
      "Gives the service a new certificate, which it takes into use by itself. With the name of a"
          + " key: makes a successor of that key; the old one is good for 14 days more at most."
    },
    footer = {"", "Examples:", "  tas keys renew", "  tas keys renew 3f9c2a71 --out rack4.key"})
final class RenewKeysCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private StoreOption store = new StoreOption();
  @Mixin private HostOption host = new HostOption();
  @Mixin private KeyFileOption file = new KeyFileOption();

  @Parameters(arity = "0..1", paramLabel = "KEY", description = "Name of a key, as listed.")
  private Optional<String> name = Optional.empty();

  @Override
  public Integer call() {
    FarmKeys keys = store.keys();
    PrintWriter out = spec.commandLine().getOut();
    if (name.isEmpty()) {
      out.println("The service has a certificate until " + keys.renewService(host.hosts()) + ".");
      store.audit("renew certificate", "the service");
      return KeysProgram.DONE;
    }
    var old = new KeyId(name.get());
    Path written = file.write(store, () -> keys.renew(old, file.life()));
    out.println("The successor of key " + old + " is in " + written + "; copy it to its machine.");
    out.println("The old key is good for " + FarmKeys.OVERLAP.toDays() + " days more at most.");
    return KeysProgram.DONE;
  }
}
