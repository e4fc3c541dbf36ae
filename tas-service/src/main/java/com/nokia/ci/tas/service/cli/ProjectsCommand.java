package com.nokia.ci.tas.service.cli;

import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.commons.model.ProjectId;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.service.access.AccessBook;
import com.nokia.ci.tas.service.access.Project;
import com.nokia.ci.tas.service.access.store.AccessFile;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The projects of a farm and the variables of their tests. */
@Command(
    name = "tas projects",
    description = {
      "Makes projects. A project owns tests, and variables that the executor of each of its tests"
          + " gets; who may do what in it is said with: tas users role NAME ROLE --project PROJECT",
      "",
      "Run it in the directory of the service, which may be running meanwhile: a change is in force"
          + " within two seconds. Secret values are typed at a terminal, or come as the first line"
          + " of the standard input; they are never arguments, and are never shown again."
    },
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = KeysProgram.Version.class,
    footer = {
      "",
      "Examples:",
      "  tas projects add radio --description \"all that transmits\"",
      "  tas projects set radio BAND 900",
      "  tas projects secret radio DOOR_KEY < key.txt",
      "  tas projects show radio",
      "  tas projects unset radio BAND",
      "  tas projects remove radio",
      "",
      "Exit codes: 0 done, 1 it cannot be done and a sentence says why, 2 wrong usage."
    })
final class ProjectsCommand {
  private static final String ROW = "%-20s %-9s %s";
  private static final int MOST_VARIABLES = 200;
  private static final int LONGEST_VALUE = 16_384;

  private final SecretInput input;
  @Spec private CommandSpec spec = CommandSpec.create();

  ProjectsCommand(SecretInput input) {
    this.input = input;
  }

  @Command(name = "list", description = "Lists the projects.")
  int list(@Mixin StoreOption store) {
    PrintWriter out = spec.commandLine().getOut();
    var projects = AccessFile.in(store.store()).read().projects().values();
    if (projects.isEmpty()) {
      out.println("There is no project; add one with: tas projects add NAME");
      return KeysProgram.DONE;
    }
    out.println(ROW.formatted("PROJECT", "VARIABLES", "DESCRIPTION"));
    for (var project : projects) {
      out.println(
          ROW.formatted(project.id(), project.variables().size(), project.description())
              .stripTrailing());
    }
    return KeysProgram.DONE;
  }

  @Command(name = "show", description = "Shows the people and variables of a project.")
  int show(
      @Mixin StoreOption store,
      @Parameters(paramLabel = "PROJECT", description = "Which, as listed.") String name) {
    PrintWriter out = spec.commandLine().getOut();
    AccessBook book = AccessFile.in(store.store()).read();
    Project project = existing(book, new ProjectId(name));
    out.println((project.id() + "  " + project.description()).stripTrailing());
    String people =
        book.users().values().stream()
            .flatMap(
                user ->
                    user
                        .rights()
                        .role(project.id())
                        .map(AccessRole::text)
                        .map(role -> user.id() + ":" + role)
                        .stream())
            .collect(Collectors.joining(" "));
    out.println("people: " + (people.isEmpty() ? "none" : people));
    project
        .variables()
        .forEach((variable, value) -> out.println("  " + variable + "=" + value.shown()));
    return KeysProgram.DONE;
  }

  @Command(name = "add", description = "Adds a project.")
  int add(
      @Mixin StoreOption store,
      @Parameters(paramLabel = "PROJECT", description = "Its name.") String name,
      @Option(
              names = "--description",
              paramLabel = "TEXT",
              defaultValue = "",
              description = "What it is about.")
          String description) {
    SafeName.complaint("the name", name)
        .ifPresent(
            complaint -> {
              throw new SettingsException(complaint);
            });
    var id = new ProjectId(name);
    AccessFile.in(store.store())
        .change(
            book -> {
              if (book.project(id).isPresent()) {
                throw new SettingsException("project " + id + " is there already");
              }
              return book.with(Project.of(id, Labels.checked(description, spec)));
            });
    store.audit("add project", name);
    return say(
        "Project "
            + name
            + " is there; let people in with: tas users role NAME submit --project "
            + name);
  }

  @Command(
      name = "remove",
      description = "Removes a project, with its variables and all roles in it.")
  int remove(
      @Mixin StoreOption store,
      @Parameters(paramLabel = "PROJECT", description = "Which, as listed.") String name) {
    var id = new ProjectId(name);
    AccessFile.in(store.store()).change(book -> book.without(existing(book, id).id()));
    store.audit("remove project", name);
    return say("Project " + name + " is removed.");
  }

  @Command(name = "set", description = "Sets a variable that everybody may see.")
  int set(
      @Mixin StoreOption store,
      @Parameters(index = "0", paramLabel = "PROJECT", description = "Which.") String name,
      @Parameters(index = "1", paramLabel = "VARIABLE", description = "Its name.") String variable,
      @Parameters(index = "2", paramLabel = "VALUE", description = "Its value.") String value) {
    change(store, name, variable, Optional.of(new Project.Variable(value, /* secret= */ false)));
    store.audit("set variable", name + ": " + variable);
    return say(variable + " is set in project " + name + ".");
  }

  @Command(
      name = "secret",
      description = {
        "Sets a variable whose value only executors get; *** stands for it in their output.",
        "A value of less than four characters is not masked in output."
      })
  int secret(
      @Mixin StoreOption store,
      @Parameters(index = "0", paramLabel = "PROJECT", description = "Which.") String name,
      @Parameters(index = "1", paramLabel = "VARIABLE", description = "Its name.") String variable,
      @Option(
              names = "--value-env",
              paramLabel = "VARIABLE",
              description = "Take the value from this variable of the environment.")
          Optional<String> source) {
    existing(AccessFile.in(store.store()).read(), new ProjectId(name));
    String value = input.read("value of " + SafeName.shown(variable), source);
    change(store, name, variable, Optional.of(new Project.Variable(value, /* secret= */ true)));
    store.audit("set secret variable", name + ": " + variable);
    return say(variable + " is set in project " + name + ", and secret.");
  }

  @Command(name = "unset", description = "Removes a variable.")
  int unset(
      @Mixin StoreOption store,
      @Parameters(index = "0", paramLabel = "PROJECT", description = "Which.") String name,
      @Parameters(index = "1", paramLabel = "VARIABLE", description = "Its name.")
          String variable) {
    change(store, name, variable, Optional.empty());
    store.audit("remove variable", name + ": " + variable);
    return say(variable + " is removed from project " + name + ".");
  }

  private static void change(
      StoreOption store, String name, String variable, Optional<Project.Variable> value) {
    if (!variable.matches("[A-Za-z_][A-Za-z0-9_]{0,119}")) {
      throw new SettingsException(
          "\"" + SafeName.shown(variable) + "\" is no name of a variable; take letters, digits, _");
    }
    if (value.filter(it -> it.value().length() > LONGEST_VALUE).isPresent()) {
      throw new SettingsException("a value has at most " + LONGEST_VALUE + " characters");
    }
    UnaryOperator<AccessBook> change =
        book -> {
          Project project = existing(book, new ProjectId(name));
          if (value.isPresent() && project.variables().size() >= MOST_VARIABLES) {
            throw new SettingsException("a project has at most " + MOST_VARIABLES + " variables");
          }
          return book.with(
              value
                  .map(it -> project.with(variable, it))
                  .orElseGet(() -> project.without(variable)));
        };
    AccessFile.in(store.store()).change(change);
  }

  private int say(String sentence) {
    spec.commandLine().getOut().println(sentence);
    return KeysProgram.DONE;
  }

  static Project existing(AccessBook book, ProjectId id) {
    return book.project(id)
        .orElseThrow(
            () ->
                new SettingsException(
                    "there is no project %s on this farm; see which there are with: tas projects list"
                        .formatted(SafeName.shown(id.value()))));
  }
}
