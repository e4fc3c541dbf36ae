package com.nokia.ci.tas.service.cli;

import com.nokia.ci.tas.service.access.AccessKey;
import com.nokia.ci.tas.service.access.keys.KeyOrder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a key file for one more node. */
@Command(
    name = "node",
    description = "Makes a key file with which a node may join the farm. Make one for each node.",
    footer = {"", "Example:", "  tas keys node --label \"rack 4\" --out rack4.key"})
final class NodeKeyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private StoreOption store = new StoreOption();
  @Mixin private KeyFileOption file = new KeyFileOption();

  @Option(
      names = "--label",
      paramLabel = "TEXT",
      description = "What you call it; stands in lists and logs.")
  private String label = "";

  @Override
  public Integer call() {
    var order =
        new KeyOrder(
            AccessKey.Kind.NODE, Labels.checked(label, spec), AccessKey.Grant.NONE, file.life());
    Path written = file.write(store, () -> store.keys().make(order));
    spec.commandLine().getOut().println("The key of the node is in " + written + "; copy it there");
    spec.commandLine().getOut().println("and start its communicator with FarmKey=" + written);
    return KeysProgram.DONE;
  }
}
