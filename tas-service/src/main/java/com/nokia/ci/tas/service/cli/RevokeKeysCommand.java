package com.nokia.ci.tas.service.cli;

import com.nokia.ci.tas.commons.model.KeyId;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes keys back. */
@Command(
    name = "revoke",
    description = {
      "Takes keys back: they let nobody in any more, and what goes on with them ends within two"
          + " seconds."
    },
    footer = {"", "Example:", "  tas keys revoke 3f9c2a71"})
final class RevokeKeysCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private StoreOption store = new StoreOption();

  @Parameters(arity = "1..*", paramLabel = "KEY", description = "Names of keys, as listed.")
  private List<String> names = List.of();

  @Override
  public Integer call() {
    for (String name : names) {
      var key = store.keys().revoke(new KeyId(name));
      store.audit("revoke key", "key " + key.id() + " (" + key.shown() + ")");
      spec.commandLine().getOut().println("Key " + key.id() + " (" + key.shown() + ") is revoked.");
    }
    return KeysProgram.DONE;
  }
}
