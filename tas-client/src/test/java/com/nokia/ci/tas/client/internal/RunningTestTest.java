package com.nokia.ci.tas.client.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.client.verdict.Ending;
import com.nokia.ci.tas.commons.Test;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.model.Bond;
import com.nokia.ci.tas.commons.model.ContentDigest;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.LargeArtifact;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.commons.model.TestStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A test whose artifacts are being read before its service hears of it. */
final class RunningTestTest {
  private static final LargeArtifact IMAGE =
      new LargeArtifact(new ContentDigest("a".repeat(64)), 1 << 20, "image.img");

  private static final Ending ENDED = new Ending(Ending.Kind.FINISHED, "", Optional.empty());

  private final List<String> told = new ArrayList<>();
  private final RunningTest test =
      new RunningTest(
          new Test("nightly"),
          TestOperation.Kind.START,
          Bond.ISSUER,
          new Endpoint("service.invalid", 1),
          new SilentObserver(),
          new CallQueue(Runnable::run),
          Clock.systemUTC());

  @org.junit.jupiter.api.Test
  void whatIsToldMeanwhileStandsBehindItsStart() {
    var reading = new CompletableFuture<List<LargeArtifact>>();
    test.prepare(reading);
    test.tell(() -> told.add("start"), Runnable::run);
    test.tell(() -> told.add("stop"), Runnable::run);
    assertEquals(List.of(), told);

    reading.complete(List.of(IMAGE));
    test.tell(() -> told.add("check"), Runnable::run);

    assertEquals(List.of("start", "stop", "check"), told);
    assertEquals(List.of(IMAGE), test.description().execution().largeArtifacts());
  }

  @org.junit.jupiter.api.Test
  void aTestThatNeedsNoReadingIsToldAtOnce() {
    test.tell(() -> told.add("start"), Runnable::run);

    assertEquals(List.of("start"), told);
  }

  @org.junit.jupiter.api.Test
  void whatIsKeptOfATestIsWaitedForBehindTheAnswerAndNoLongerThanItsNodeIsSilent() {
    var limit = Duration.ofSeconds(60);
    var asking =
        new RunningTest(
            new Test("nightly"),
            TestOperation.Kind.CHECK,
            Bond.RESULTS,
            new Endpoint("service.invalid", 1),
            new SilentObserver(),
            new CallQueue(Runnable::run),
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    assertTrue(asking.isUnanswered());

    var execution =
        new TestExecution("sh", "run.sh", List.of(), Map.of(), List.of(), "results.zip");
    asking.adopt(asking.description().with(execution).with(TestStatus.FINISHED, ""));
    var end = new RunningTest.End(TestProgress.NONE, ENDED);
    assertTrue(asking.awaitKept(end).isPresent());

    assertFalse(asking.isUnanswered());
    assertEquals(limit, asking.keptPatience(limit));
    assertEquals(Duration.ZERO, asking.keptPatience(Duration.ZERO));
    assertEquals(
        "results.zip did not arrive: its node is silent",
        asking.keptOver("its node is silent").orElseThrow().outcome().reason());
  }
}
