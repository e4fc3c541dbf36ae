package com.nokia.ci.tas.service.access;

import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.Principal;
import com.nokia.ci.tas.commons.model.ProjectId;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.TestDescription;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What becomes of a test that somebody submits: it gets its owner and the variables of its project.
 * Whether the rights suffice was looked at before; that the project is there, and that somebody
 * known asks for its variables, is looked at here.
 *
 * @param book whom the farm knows, as it is in force
 * @param audit is told what known people and programs may not do
 */
public record Submissions(Supplier<AccessBook> book, AuditSink audit) {

  /** More characters of secret values are not taken: nodes have to look for them in all output. */
  private static final int MOST_SECRET = 65_536;

  /**
   * A test as the farm gets it.
   *
   * @param test with owner and variables
   * @param refusal why it is not taken, if it is not
   */
  public record Prepared(TestDescription test, Optional<Reason> refusal) {}

  /** Writes down what somebody known asked for, and what came of it. */
  public void note(Principal who, InetAddress from, String what, String on, String outcome) {
    if (who.key().isPresent() || who.user().isPresent()) {
      audit.record(who.toString(), from.getHostAddress(), what, on, outcome);
    }
  }

  /** Prepares a test that somebody submits. */
  public Prepared prepare(TestDescription test, Principal by) {
    var owned = test.with(test.origin().ownedBy(by.user()));
    var prepared =
        owned
            .origin()
            .project()
            .map(project -> inProject(owned, project, by))
            .orElseGet(() -> new Prepared(owned, Optional.empty()));
    return prepared.refusal().isPresent() ? prepared : bounded(prepared.test());
  }

  private Prepared inProject(TestDescription test, ProjectId name, Principal by) {
    if (by.key().isEmpty() && by.user().isEmpty()) {
      return refused(
          test,
          "project-needs-key",
          "project "
              + shown(name)
              + " takes tests from known people and programs only; give the program a key file or a"
              + " token, made by the farm's admin with: tas keys client --project "
              + shown(name));
    }
    return book.get()
        .project(name)
        .map(project -> new Prepared(withVariables(test, project), Optional.empty()))
        .orElseGet(
            () ->
                refused(
                    test,
                    "no-such-project",
                    "there is no project "
                        + shown(name)
                        + " on this farm; its admin adds one with: tas projects add "
                        + shown(name)));
  }

  /** What the test itself says wins. */
  private static TestDescription withVariables(TestDescription test, Project project) {
    var execution = test.execution();
    var parameters = new LinkedHashMap<>(execution.parameters());
    var secrets = new LinkedHashSet<>(execution.secretParameters());
    project
        .variables()
        .forEach(
            (name, variable) -> {
              boolean isNew = parameters.putIfAbsent(name, variable.value()) == null;
              if (isNew && variable.secret()) {
                secrets.add(name);
              }
            });
    return test.with(execution.with(parameters, secrets));
  }

  private static Prepared bounded(TestDescription test) {
    var parameters = test.execution().parameters();
    long length =
        test.execution().secretParameters().stream()
            .mapToLong(name -> parameters.getOrDefault(name, "").length())
            .sum();
    return length <= MOST_SECRET
        ? new Prepared(test, Optional.empty())
        : refused(
            test,
            "secrets-too-long",
            "the secret variables have %d characters together; no more than %d can be kept out of the output"
                .formatted(length, MOST_SECRET));
  }

  private static Prepared refused(TestDescription test, String code, String sentence) {
    return new Prepared(test, Optional.of(new Reason(Fault.REQUESTER, code, sentence)));
  }

  private static String shown(ProjectId project) {
    return SafeName.shown(project.value());
  }
}
