package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.client.internal.Issuer;
import com.nokia.ci.tas.client.verdict.Ending;
import com.nokia.ci.tas.client.verdict.TestedRun;
import com.nokia.ci.tas.commons.Test;
import com.nokia.ci.tas.commons.model.Bond;
import com.nokia.ci.tas.commons.model.TestId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Follows a test that outlives its client, until it ends or this process does. */
final class Following {
  private Following() {}

  /**
   * Follows a test, or gets its results.
   *
   * @return the exit code for how it ended
   */
  static ExitCode follow(LeftTest left, Bond bond, Voice voice, boolean judge) {
    String id = left.id();
    ServiceOption service = left.service();
    Path directory = TestRuns.created(left.results());
    var watch = new RunWatch(voice, /* isOneOfSeveral= */ false, directory);
    var test = new Test(id);
    test.setWorkspacePath(directory.toString());
    var begun = Instant.now();
    try (var issuer = Issuer.open(service.settings())) {
      return Interruption.during(
          () -> {
            issuer.follow(test, bond, service.service(), watch, issuer.newCalls());
            Ending outcome = watch.outcome().join();
            var run =
                TestedRun.of(id, begun, Instant.now(), outcome, watch.files()).on(watch.products());
            tell(run, directory, voice);
            return TestRuns.exitCode(List.of(run), judge);
          },
          () -> issuer.leave(new TestId(id), service.service()));
    }
  }

  private static void tell(TestedRun run, Path directory, Voice voice) {
    if (!run.results().isEmpty()) {
      voice.note(run.id(), run.results().size() + " results in: " + directory);
    }
    String reason = run.ending().reason();
    voice.note(run.id(), reason.isEmpty() ? "test " + run.id() + " has finished" : reason);
    TestRuns.tell(run, voice);
  }
}
