package com.nokia.ci.tas.service.farm;

import static com.nokia.ci.tas.service.farm.Cast.CLIENT_1;
import static com.nokia.ci.tas.service.farm.Cast.CLIENT_2;
import static com.nokia.ci.tas.service.farm.Cast.NODE_1;
import static com.nokia.ci.tas.service.farm.Cast.flash;
import static com.nokia.ci.tas.service.farm.Cast.kind;
import static com.nokia.ci.tas.service.farm.Cast.phone;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.commons.model.TestStatus;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who learns the codes of products (here 4711) and secret parameters. */
final class SealingTest {
  private static final String SECRET = "s3cr3t-t0ken";

  private final Stage stage = new Stage();

  @Test
  void secretParametersReachTheNodeAndNobodyElse() {
    stage.join(NODE_1, phone(1, "RM-1"));

    stage.submit(CLIENT_1, secretive("a"), kind("RM-1"));
    assertEquals(
        SECRET,
        stage
            .wanted(Effect.StartRun.class)
            .get(0)
            .test()
            .execution()
            .parameters()
            .get("ACCESS_TOKEN"));
    stage.report(NODE_1, "a", 1, TestStatus.STARTED);
    stage.apply(new Event.CheckRequested(stage.now, CLIENT_1.endpoint(), new TestId("a")));
    stage.apply(new Event.CheckRequested(stage.now, CLIENT_2.endpoint(), new TestId("a")));
    stage.report(NODE_1, "a", 1, TestStatus.FINISHED);

    var told =
        stage.everything.stream()
            .filter(Effect.TellClient.class::isInstance)
            .map(effect -> ((Effect.TellClient) effect).test().execution().parameters())
            .toList();
    assertEquals(5, told.size());
    assertEquals(Set.of(Map.of("ACCESS_TOKEN", "***", "LANGUAGE", "fi")), Set.copyOf(told));
  }

  @Test
  void aRefusedTestComesBackWithoutItsSecrets() {
    stage.submit(CLIENT_1, secretive("a/b"), kind("RM-1"));

    var told = stage.wanted(Effect.TellClient.class).get(0).test();
    assertEquals("***", told.execution().parameters().get("ACCESS_TOKEN"));
    assertFalse(stage.effects.toString().contains(SECRET));
  }

  @Test
  void whatARunWaitsForOnItsNodeIsToldItsIssuerWithoutSecrets() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, secretive("a"), kind("RM-1"));

    stage.apply(
        new Event.RunReported(
            stage.now,
            NODE_1.id(),
            RuntimeId.of("a"),
            1,
            TestStatus.PENDING,
            "waiting for gate.sh: no " + SECRET,
            Optional.empty()));

    var told = stage.wanted(Effect.TellClient.class).get(0).test().progress();
    assertEquals(TestStatus.PENDING, told.status());
    assertEquals(
        "being prepared on node " + NODE_1.id() + ": waiting for gate.sh: no ***", told.details());
    assertEquals(told.details(), shown().details(), "whoever looks sees it too");

    stage.report(NODE_1, "a", 1, TestStatus.STARTED);

    assertEquals(TestStatus.STARTED, shown().status());
    assertEquals("", shown().details());
  }

  private TestProgress shown() {
    return stage.farm.snapshot().running(new TestId("a")).orElseThrow().test().progress();
  }

  @Test
  void reasonsOfNodesAreMasked() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, secretive("a"), kind("RM-1"));

    stage.apply(
        new Event.RunReported(
            stage.now,
            NODE_1.id(),
            RuntimeId.of("a"),
            1,
            TestStatus.FAILED,
            "PIN 4711 refused for " + SECRET,
            Optional.of(Fault.REQUESTER)));

    assertEquals("PIN *** refused for ***", stage.details());
    var ended = stage.wanted(Effect.RecordEnded.class).get(0).test();
    assertEquals("PIN *** refused for ***", ended.reason().orElseThrow().sentence());
    assertFalse(stage.everything.toString().contains(SECRET));
  }

  @Test
  void wordsOfWhoeverStopsATestAreMasked() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, secretive("a"), kind("RM-1"));

    stage.apply(
        new Event.StopRequested(
            stage.now, CLIENT_2.endpoint(), RuntimeId.of("a"), "no 4711, no " + SECRET));

    assertEquals("stopped by client2.test:20002: no ***, no ***", stage.details());
  }

  private static TestDescription secretive(String id) {
    var test = flash(id);
    return test.with(
        test.execution()
            .with(Map.of("ACCESS_TOKEN", SECRET, "LANGUAGE", "fi"), Set.of("ACCESS_TOKEN")));
  }
}
