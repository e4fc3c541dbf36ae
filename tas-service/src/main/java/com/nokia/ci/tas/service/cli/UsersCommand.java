package com.nokia.ci.tas.service.cli;

import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.commons.model.ProjectId;
import com.nokia.ci.tas.commons.model.Rights;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.commons.model.UserId;
import com.nokia.ci.tas.service.access.AccessBook;
import com.nokia.ci.tas.service.access.PasswordHash;
import com.nokia.ci.tas.service.access.User;
import com.nokia.ci.tas.service.access.password.Argon2id;
import com.nokia.ci.tas.service.access.password.PasswordRules;
import com.nokia.ci.tas.service.access.store.AccessFile;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The people who may log in to the pages of a farm. */
@Command(
    name = "tas users",
    description = {
      "Says who may log in to the pages of a farm, and what they may do there.",
      "",
      "Run it in the directory of the service, which may be running meanwhile: a change is in force"
          + " within two seconds. Passwords are typed at a terminal, or come as the first line of"
          + " the standard input; they are never arguments."
    },
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = KeysProgram.Version.class,
    footer = {
      "",
      "Roles, each with all that the ones before it may do: view, submit, operate, administer.",
      "",
      "Examples:",
      "  tas users add anna --role submit",
      "  tas users role anna operate --project radio",
      "  tas users password anna < password.txt",
      "  tas users list",
      "  tas users remove anna",
      "",
      "Exit codes: 0 done, 1 it cannot be done and a sentence says why, 2 wrong usage."
    })
final class UsersCommand {
  private static final String ROW = "%-20s %-11s %s";

  private final SecretInput input;
  @Spec private CommandSpec spec = CommandSpec.create();

  UsersCommand(SecretInput input) {
    this.input = input;
  }

  @Command(name = "list", description = "Lists the people and their roles.")
  int list(@Mixin StoreOption store) {
    PrintWriter out = spec.commandLine().getOut();
    var users = AccessFile.in(store.store()).read().users().values();
    if (users.isEmpty()) {
      out.println("Nobody may log in; add somebody with: tas users add NAME");
      return KeysProgram.DONE;
    }
    out.println(ROW.formatted("NAME", "ON THE FARM", "IN PROJECTS"));
    for (var user : users) {
      String farm = user.rights().farm().map(AccessRole::text).orElse("-");
      String projects =
          user.rights().projects().entrySet().stream()
              .map(it -> it.getKey() + ":" + it.getValue().text())
              .collect(Collectors.joining(" "));
      out.println(ROW.formatted(user.id(), farm, projects).stripTrailing());
    }
    return KeysProgram.DONE;
  }

  @Command(name = "add", description = "Adds a person, who may log in from then on.")
  int add(
      @Mixin StoreOption store,
      @Parameters(paramLabel = "NAME", description = "By which the person logs in.") String name,
      @Option(
              names = "--role",
              paramLabel = "ROLE",
              defaultValue = "view",
              converter = ClientKeyCommand.RoleConverter.class,
              description = "On the whole farm (default: ${DEFAULT-VALUE}).")
          AccessRole role,
      @Option(
              names = "--password-env",
              paramLabel = "VARIABLE",
              description = "Take the password from this variable of the environment.")
          Optional<String> variable) {
    SafeName.complaint("the name", name)
        .ifPresent(
            complaint -> {
              throw new SettingsException(complaint);
            });
    var id = new UserId(name);
    if (AccessFile.in(store.store()).read().user(id).isPresent()) {
      throw there(id);
    }
    PasswordHash hash = hash(id, variable);
    Instant now = now();
    AccessFile.in(store.store())
        .change(
            book -> {
              if (book.user(id).isPresent()) {
                throw there(id);
              }
              return book.with(new User(id, hash, Rights.onFarm(role), now, now));
            });
    store.audit("add user", name + " as " + role.text());
    return say(name + " may log in now, and " + role.text() + " on the farm.");
  }

  @Command(name = "remove", description = "Removes a person, with all tokens and log-ins.")
  int remove(
      @Mixin StoreOption store,
      @Parameters(paramLabel = "NAME", description = "Who, as listed.") String name) {
    var id = new UserId(name);
    Instant now = now();
    AccessFile.in(store.store())
        .change(
            book -> {
              existing(book, id);
              AccessBook changed = book.without(id);
              for (var key : book.keys().values()) {
                if (key.grant().user().filter(id::equals).isPresent()) {
                  changed = changed.with(key.revokedAt(now));
                }
              }
              return changed;
            });
    store.audit("remove user", name);
    return say(name + " is removed.");
  }

  @Command(
      name = "role",
      description = "Gives a person another role, on the farm or in a project; none takes it away.")
  int role(
      @Mixin StoreOption store,
      @Parameters(index = "0", paramLabel = "NAME", description = "Who, as listed.") String name,
      @Parameters(
              index = "1",
              paramLabel = "ROLE",
              description = "view, submit, operate, administer or none.")
          String word,
      @Option(names = "--project", paramLabel = "PROJECT", description = "In this project alone.")
          Optional<String> project) {
    var id = new UserId(name);
    Optional<AccessRole> role = AccessRole.of(word);
    if (role.isEmpty() && !word.equals("none")) {
      throw new SettingsException(
          "\""
              + SafeName.shown(word)
              + "\" is no role; there are view, submit, operate, administer and none");
    }
    AccessFile.in(store.store())
        .change(
            book -> {
              User user = existing(book, id);
              return book.with(
                  project
                      .map(
                          it ->
                              user.in(ProjectsCommand.existing(book, new ProjectId(it)).id(), role))
                      .orElseGet(() -> user.onFarm(role)));
            });
    String where = project.map(it -> "in project " + it).orElse("on the farm");
    store.audit("give role", name + ": " + word + " " + where);
    return say(name + " has the role " + word + " " + where + ".");
  }

  @Command(
      name = "password",
      description = "Gives a person another password; log-ins with the former one end.")
  int password(
      @Mixin StoreOption store,
      @Parameters(paramLabel = "NAME", description = "Who, as listed.") String name,
      @Option(
              names = "--password-env",
              paramLabel = "VARIABLE",
              description = "Take the password from this variable of the environment.")
          Optional<String> variable) {
    var id = new UserId(name);
    existing(AccessFile.in(store.store()).read(), id);
    PasswordHash hash = hash(id, variable);
    AccessFile.in(store.store()).change(book -> book.with(existing(book, id).with(hash, now())));
    store.audit("change password", name);
    return say(name + " has another password.");
  }

  private PasswordHash hash(UserId id, Optional<String> variable) {
    String password = input.read("password of " + id, variable);
    PasswordRules.complaint(id, password)
        .ifPresent(
            complaint -> {
              throw new SettingsException(complaint);
            });
    return new Argon2id(new SecureRandom()).hash(password);
  }

  private int say(String sentence) {
    spec.commandLine().getOut().println(sentence);
    return KeysProgram.DONE;
  }

  private static User existing(AccessBook book, UserId id) {
    return book.user(id)
        .orElseThrow(
            () ->
                new SettingsException(
                    "there is nobody called %s on this farm; see who there is with: tas users list"
                        .formatted(SafeName.shown(id.value()))));
  }

  private static SettingsException there(UserId id) {
    return new SettingsException(
        "%s is there already; change with: tas users role, or: tas users password".formatted(id));
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
