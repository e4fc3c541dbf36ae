package com.nokia.ci.tas.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.nokia.ci.tas.commons.Published;
import com.nokia.ci.tas.commons.model.OwnLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a request says of the limits of a test and of its directories. */
final class TestRequestTest {
  private static final Path WORKSPACE = Path.of("workspace").toAbsolutePath();

  @Test
  void itsLimitsAndRetriesGoToTheServiceAndNothingIsSaidOfTheOthers() {
    var request =
        request()
            .timeout(Duration.ofHours(2))
            .waitingTimeout(Duration.ofMinutes(30))
            .preparationTimeout(Duration.ofMinutes(10))
            .executionTimeout(Duration.ofHours(1))
            .retries(0)
            .build();
    var asked = Published.description(request.toTest());

    assertEquals(Duration.ofHours(2), asked.progress().timeout());
    assertEquals(
        new OwnLimits(
            Duration.ofMinutes(30), Duration.ofMinutes(10), Duration.ofHours(1), Optional.of(0)),
        asked.demand().limits());
    assertEquals(
        OwnLimits.NONE, Published.description(request().build().toTest()).demand().limits());
  }

  @Test
  void limitsThatAreNoneAreRefusedInWords() {
    var builder = request();

    assertEquals(
        "the waiting timeout is PT0S; give one of at least a millisecond",
        refusal(() -> builder.waitingTimeout(Duration.ZERO)));
    assertEquals(
        "the execution timeout is PT-1S; give one of at least a millisecond",
        refusal(() -> builder.executionTimeout(Duration.ofSeconds(-1))));
    assertEquals(
        "the number of retries is 1001; give one between 0 and 1000",
        refusal(() -> builder.retries(1001)));
  }

  @Test
  void resultsGoIntoTheWorkspaceUnlessAnotherDirectoryIsNamed() {
    assertEquals(WORKSPACE, request().build().resultsDirectory());
    assertEquals(
        WORKSPACE.resolve("out"),
        request().resultsDirectory(WORKSPACE.resolve("out")).build().resultsDirectory());
  }

  private static String refusal(Runnable asking) {
    return assertThrows(IllegalArgumentException.class, asking::run).getMessage();
  }

  private static TestRequest.Builder request() {
    return TestRequest.named("nightly_7").workspace(WORKSPACE).script("execute.sh");
  }
}
