package com.nokia.ci.tas.service.cli;

import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.commons.model.ProjectId;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.commons.model.UserId;
import com.nokia.ci.tas.service.access.AccessKey;
import com.nokia.ci.tas.service.access.keys.KeyOrder;
import com.nokia.ci.tas.service.access.store.AccessFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Makes a key file for one more client. */
@Command(
    name = "client",
    description = "Makes a key file with which a client, such as a CI job, may use the farm.",
    footer = {
      "",
      "Roles, each with all that the ones before it may do:",
      "  view        sees tests, products and nodes",
      "  submit      starts tests and stops its own",
      "  operate     stops tests of others, takes products and nodes out of use",
      "  administer  changes settings, users, projects and keys",
      "",
      "Example:",
      "  tas keys client --label nightly --role submit --project radio --expires 90d"
    })
final class ClientKeyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private StoreOption store = new StoreOption();
  @Mixin private KeyFileOption file = new KeyFileOption();

  @Option(
      names = "--label",
      paramLabel = "TEXT",
      description = "What you call it; stands in lists and logs.")
  private String label = "";

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      converter = RoleConverter.class,
      description = "What the holder may do (default: submit).")
  private AccessRole role = AccessRole.SUBMIT;

  @Option(
      names = "--project",
      paramLabel = "NAME",
      description = "The role counts in this project alone (default: on the whole farm).")
  private Optional<String> project = Optional.empty();

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "Whose key it is; it never allows more than that person may do.")
  private Optional<String> user = Optional.empty();

  @Override
  public Integer call() {
    var grant =
        new AccessKey.Grant(
            Optional.of(role),
            project.map(name -> safe("--project", name)).map(ProjectId::new),
            user.map(name -> safe("--user", name)).map(UserId::new));
    checkKnown(grant);
    var order =
        new KeyOrder(AccessKey.Kind.CLIENT, Labels.checked(label, spec), grant, file.life());
    Path written = file.write(store, () -> store.keys().make(order));
    spec.commandLine()
        .getOut()
        .println("The key of the client is in " + written + "; copy it there");
    spec.commandLine().getOut().println("and give it with --farm-key, or name it in TAS_FARM_KEY");
    return KeysProgram.DONE;
  }

  /** A slip of the pen would make a key that opens nothing. */
  private void checkKnown(AccessKey.Grant grant) {
    var book = AccessFile.in(store.store()).read();
    grant
        .project()
        .filter(it -> book.project(it).isEmpty())
        .ifPresent(it -> refuse("there is no project " + it + " on this farm"));
    grant
        .user()
        .filter(it -> book.user(it).isEmpty())
        .ifPresent(it -> refuse("there is no user " + it + " on this farm"));
  }

  private static void refuse(String sentence) {
    throw new SettingsException(sentence);
  }

  private String safe(String option, String name) {
    SafeName.complaint(option.substring(2), name)
        .ifPresent(
            complaint -> {
              throw new ParameterException(spec.commandLine(), complaint);
            });
    return name;
  }

  /** Reads the word for a role. */
  static final class RoleConverter implements ITypeConverter<AccessRole> {
    @Override
    public AccessRole convert(String word) {
      return AccessRole.of(word)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "\"" + word + "\" is no role; there are view, submit, operate, administer"));
    }
  }
}
