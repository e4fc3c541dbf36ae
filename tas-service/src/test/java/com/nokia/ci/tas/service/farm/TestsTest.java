package com.nokia.ci.tas.service.farm;

import static com.nokia.ci.tas.commons.model.TestStatus.FINISHED;
import static com.nokia.ci.tas.service.farm.Cast.CLIENT_1;
import static com.nokia.ci.tas.service.farm.Cast.CLIENT_2;
import static com.nokia.ci.tas.service.farm.Cast.NODE_1;
import static com.nokia.ci.tas.service.farm.Cast.SETTINGS;
import static com.nokia.ci.tas.service.farm.Cast.demand;
import static com.nokia.ci.tas.service.farm.Cast.flash;
import static com.nokia.ci.tas.service.farm.Cast.kind;
import static com.nokia.ci.tas.service.farm.Cast.nose;
import static com.nokia.ci.tas.service.farm.Cast.phone;
import static com.nokia.ci.tas.service.farm.Cast.wanted;
import static com.nokia.ci.tas.service.farm.Cast.within;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.Principal;
import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.Rights;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.commons.model.TestPackageDescription;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.commons.model.UserId;
import com.nokia.ci.tas.service.farm.EndedTest.Verdict;
import com.nokia.ci.tas.service.farm.FarmSettings.Bounds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tests are accepted, and what becomes of those whose client is gone. */
final class TestsTest {
  private static final Wanted ANY = kind("RM-1");
  private final Stage stage = new Stage();

  @Test
  void onAcceptanceTheIssuerIsToldEverythingWithStatusPending() {
    stage.submit(CLIENT_1, flash("a").with(flash("a").progress().within(Duration.ZERO)), ANY);

    assertEquals(List.of("client1.test a pending"), stage.told());
    var told = stage.wanted(Effect.TellClient.class).get(0).test();
    assertEquals(Duration.ofHours(6), told.progress().timeout());
    assertEquals(Duration.ofMinutes(5), told.demand().disconnectionTimeout());
    assertEquals(List.of("run.py", "data.zip"), told.execution().artifacts());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "a/b", "a\\b", "C:", "con", "a.", " a", "a*", "a\u0001b"})
  void anIdThatCannotBeAFileNameIsRefused(String id) {
    refused(flash(id), ANY, "bad-test-id");
  }

  @Test
  void anIdThatSomebodyElseUsesIsRefused() {
    stage.submit(CLIENT_1, flash("a"), ANY);

    stage.submit(CLIENT_2, flash("a"), ANY);

    assertEquals(List.of("client2.test a failed"), stage.told());
    assertTrue(stage.isWaiting("a"));
    assertEquals(
        "test id \"a\" is in use by a test of client1.test:20001 that has not ended; choose"
            + " another",
        stage.details());
  }

  @Test
  void theSameTestOfTheSameClientIsNotStartedTwice() {
    stage.submit(CLIENT_1, flash("a"), ANY);

    stage.submit(CLIENT_1, flash("a"), ANY);

    assertEquals(List.of("client1.test a pending"), stage.told());
    assertEquals(1, stage.farm.snapshot().waitingCount());
  }

  @Test
  void aFlashTestWithoutProductsIsRefused() {
    refused(flash("a"), wanted(), "no-required-products");
  }

  @Test
  void anExpressionThatMakesNoSenseIsRefusedWithItsReason() {
    var reason = new Reason(Fault.REQUESTER, "bad-expression", "position 3: expected a colon");

    refused(flash("a"), new Wanted.Misunderstood(reason), "bad-expression");
    assertEquals("position 3: expected a colon", stage.details());
  }

  @Test
  void whatTheReaderComplainedOfIsRefused() {
    var test = flash("a");
    refused(
        new TestDescription(
            test.id(),
            test.origin(),
            test.demand(),
            test.execution(),
            test.progress(),
            List.of("target \"car\" is neither flash nor nose")),
        ANY,
        "bad-description");
  }

  @Test
  void filesOutsideTheWorkspaceAreRefused() {
    refused(executing("x", "run.py", List.of("../passwd"), ""), ANY, "bad-file-name");
    refused(executing("x", "a/run.py", List.of(), ""), ANY, "bad-file-name");
    refused(executing("x", "run.py", List.of(), "/tmp/r.zip"), ANY, "bad-file-name");
    refused(
        flash("a")
            .with(
                new TestExecution(
                    "x",
                    "",
                    List.of(),
                    Map.of(),
                    List.of(new TestPackageDescription("p", "", List.of("..\\x"))),
                    "")),
        ANY,
        "bad-file-name");
  }

  @Test
  void aTestWithNothingToRunIsRefused() {
    refused(executing(" ", "", List.of(), ""), ANY, "no-executor");
  }

  @Test
  void aTimeoutShorterThanTheMinimalExecutionTimeIsRefusedWithBothValues() {
    refused(within(flash("a"), Duration.ofSeconds(10)), ANY, "timeout-too-short");
    assertEquals(
        "the timeout of 10000 ms is shorter than the test-minimal-execution-time of this service,"
            + " 300000 ms; give the test more time",
        stage.details());
  }

  @Test
  void timesOfAnyLengthAreTaken() {
    stage.submit(CLIENT_1, within(flash("a"), Duration.ofMillis(Long.MAX_VALUE)), ANY);

    assertTrue(stage.isWaiting("a"));
  }

  @Test
  void moreTestsThanTheFarmTakesAreRefused() {
    var small = new Stage(SETTINGS.with(new Bounds(4, 1, 10, Duration.ofHours(1))));
    small.submit(CLIENT_1, flash("a"), ANY);

    small.submit(CLIENT_1, flash("b"), ANY);

    assertEquals(List.of("client1.test b failed"), small.told());
  }

  @Test
  void filesOfPackagesAreArtifactsOfTheRun() {
    stage.join(NODE_1);
    var execution =
        new TestExecution(
            "x",
            "run.py",
            List.of("a.zip"),
            Map.of(),
            List.of(new TestPackageDescription("p", "", List.of("p.zip", "a.zip"))),
            "");

    stage.submit(CLIENT_1, nose("a").with(execution), wanted());

    var told = stage.wanted(Effect.StartRun.class).get(0).test().execution();
    assertEquals(List.of("run.py", "a.zip", "p.zip"), told.artifacts());
    assertEquals(List.of(), told.packages());
  }

  @Test
  void aClientThatCannotBeReachedLosesItsTests() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), ANY);
    stage.submit(CLIENT_1, flash("b"), ANY);

    stage.apply(new Event.ClientUnreachable(stage.now, CLIENT_1, "connection refused"));

    assertFalse(stage.isRunning("a"));
    assertFalse(stage.isWaiting("b"));
    assertEquals(1, stage.wanted(Effect.StopRun.class).size());
    assertEquals(
        "stopped by the service: its client cannot be reached: connection refused",
        stage
            .farm
            .snapshot()
            .ended(Cast.test("a"))
            .orElseThrow()
            .reason()
            .orElseThrow()
            .sentence());
  }

  @Test
  void aSilentClientIsLookedForEveryCheckingPeriod() {
    stage.submit(CLIENT_1, within(flash("a"), Duration.ofHours(5)), ANY);
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.pass(Duration.ofMinutes(5), NODE_1);
    stage.apply(new Event.ClientSeen(stage.now, CLIENT_1));

    stage.pass(Duration.ofMinutes(9), NODE_1);
    assertEquals(List.of(), stage.wanted(Effect.ProbeClient.class));
    stage.pass(Duration.ofMinutes(11), NODE_1);

    assertEquals(2, stage.wanted(Effect.ProbeClient.class).size());
  }

  @Test
  void historyKeepsNoSecrets() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), wanted(secret()));
    stage.report(NODE_1, "a", 1, FINISHED);

    var ended = stage.wanted(Effect.RecordEnded.class).get(0).test();
    assertEquals(Verdict.FINISHED, ended.verdict());
    assertFalse(ended.toString().contains("4711"), ended.toString());
    assertFalse(stage.farm.snapshot().products().toString().contains("4711"));
    assertFalse(
        stage.everything.stream()
            .filter(Effect.RunMoved.class::isInstance)
            .anyMatch(moved -> moved.toString().contains("4711")));
  }

  private static ProductDemand secret() {
    return demand("sim1-pin1", "4711");
  }

  private static TestDescription executing(
      String application, String script, List<String> artifacts, String results) {
    return flash("a")
        .with(new TestExecution(application, script, artifacts, Map.of(), List.of(), results));
  }

  private void refused(TestDescription test, Wanted wanted, String code) {
    stage.submit(CLIENT_1, test, wanted);
    var told = stage.wanted(Effect.TellClient.class);
    assertEquals(1, told.size());
    assertEquals(Effect.TellClient.Kind.UPDATE, told.get(0).kind());
    assertEquals(code, told.get(0).reason().orElseThrow().code());
    assertEquals(TestStatus.FAILED, told.get(0).test().progress().status());
    assertEquals(0, stage.farm.snapshot().waitingCount());
  }

  @Test
  void stoppingATestOfOthersTakesTheRightTo() {
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    var neighbour = new Endpoint("admin.test", 7);

    stage.apply(
        new Event.StopRequested(
            stage.now, neighbour, RuntimeId.of("a"), "enough", Principal.LOCAL));

    assertTrue(stage.isWaiting("a"));
    assertEquals(List.of("admin.test a failed"), stage.told());
    assertTrue(stage.details().contains("started by client1.test"), stage.details());
    var besides = new Endpoint("client1.test", 7);
    stage.apply(
        new Event.StopRequested(stage.now, besides, RuntimeId.of("a"), "enough", Principal.LOCAL));
    assertEquals(List.of("client1.test a stopped", "client1.test a stopped"), stage.told());
  }

  @Test
  void aPersonStopsItsOwnTestsFromAnywhere() {
    var owned = flash("a");
    var me = Optional.of(new UserId("kim"));
    stage.submit(CLIENT_1, owned.with(owned.origin().ownedBy(me)), kind("RM-1"));
    var anywhere = new Endpoint("admin.test", 7);
    var rights = Rights.onFarm(AccessRole.SUBMIT);
    var kim = new Principal(Principal.Kind.CLIENT, "laptop", Optional.empty(), me, rights);

    stage.apply(new Event.StopRequested(stage.now, anywhere, RuntimeId.of("a"), "enough", kim));

    assertEquals(List.of("client1.test a failed", "admin.test a failed"), stage.told());
  }

  @Test
  void aTestThatOneMayNotSeeIsNotKnown() {
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    var stranger =
        new Principal(
            Principal.Kind.CLIENT, "key", Optional.empty(), Optional.empty(), Rights.NONE);

    stage.apply(
        new Event.CheckRequested(
            stage.now, new Endpoint("admin.test", 7), Cast.flash("a"), stranger));

    assertTrue(stage.details().contains("not known"), stage.details());
  }
}
