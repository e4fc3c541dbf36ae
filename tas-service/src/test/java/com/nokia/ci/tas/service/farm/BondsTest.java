package com.nokia.ci.tas.service.farm;

import static com.nokia.ci.tas.service.farm.Cast.CLIENT_1;
import static com.nokia.ci.tas.service.farm.Cast.CLIENT_2;
import static com.nokia.ci.tas.service.farm.Cast.NODE_1;
import static com.nokia.ci.tas.service.farm.Cast.flash;
import static com.nokia.ci.tas.service.farm.Cast.kind;
import static com.nokia.ci.tas.service.farm.Cast.phone;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.commons.model.Bond;
import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Principal;
import com.nokia.ci.tas.commons.model.Rights;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests that outlive their clients: when they are let go, and who may follow them. */
final class BondsTest {
  private static final Wanted ANY = kind("RM-1");
  private static final Principal OPERATOR = who(AccessRole.OPERATE);
  private static final Principal SUBMITTER = who(AccessRole.SUBMIT);
  private final Stage stage = new Stage();

  @BeforeEach
  void aNodeWithAProduct() {
    stage.join(NODE_1, phone(1, "RM-1"));
  }

  @Test
  void whatRunsGoesOnWhenItsClientLeavesAndNobodyIsToldOfItsEnd() {
    start("a");
    stage.apply(new Event.ClientLeft(stage.now, CLIENT_1));

    assertTrue(stage.isRunning("a"));
    var bound = stage.wanted(Effect.BindRun.class).get(0);
    assertEquals(Endpoint.UNKNOWN, bound.client());
    assertEquals(Bond.ATTACH, bound.run().origin().bond());

    stage.report(NODE_1, "a", 1, TestStatus.FINISHED);
    assertFalse(stage.isRunning("a"));
    assertEquals(List.of(), stage.told());
    assertEquals("free", stage.product(1).product().status().text());
  }

  @Test
  void untilItRunsItsClientIsNeeded() {
    stage.submit(CLIENT_1, detached("a"), ANY);
    stage.apply(new Event.ClientLeft(stage.now, CLIENT_1));

    assertFalse(stage.isRunning("a"));
  }

  @Test
  void otherTestsEndWithTheirClient() {
    stage.submit(CLIENT_1, flash("a"), ANY);
    stage.report(NODE_1, "a", 1, TestStatus.STARTED);
    stage.apply(new Event.ClientLeft(stage.now, CLIENT_1));

    assertFalse(stage.isRunning("a"));
  }

  @Test
  void whoAttachesHearsTheEndAlsoAfterARestartAndTheOneBeforeDoesNot() {
    start("a");
    ask(CLIENT_2, Bond.ATTACH, "a", OPERATOR);
    assertEquals(List.of("client2.test a started"), stage.told());
    assertEquals(CLIENT_2.endpoint(), stage.wanted(Effect.BindRun.class).get(0).client());
    stage.restart();

    stage.report(NODE_1, "a", 1, TestStatus.FINISHED);
    assertEquals(List.of("client2.test a finished"), stage.told());
  }

  @Test
  void whoFollowsATestOfAnotherSeesNoCodes() {
    start("a");
    ask(CLIENT_2, Bond.ATTACH, "a", OPERATOR);

    assertEquals(List.of(""), codes());
  }

  @Test
  void whoFollowsATestOfAnotherSeesNoCodesInItsEndEither() {
    start("a");
    ask(CLIENT_2, Bond.ATTACH, "a", OPERATOR);
    stage.report(NODE_1, "a", 1, TestStatus.FINISHED);
    assertEquals(List.of(""), codes());

    stage.apply(new Event.ClientRegistered(stage.now, CLIENT_2));

    assertEquals(List.of("client2.test a finished"), stage.told());
    assertEquals(List.of(""), codes());
  }

  @Test
  void whoFollowsATestOfAnotherIsAskedForWithoutCodes() {
    start("a");
    ask(CLIENT_2, Bond.ATTACH, "a", OPERATOR);
    stage.pass(Duration.ofMinutes(11), NODE_1);

    var asked = stage.wanted(Effect.ProbeClient.class).get(0);
    assertEquals(CLIENT_2, asked.client());
    assertEquals("", code(asked.test()));
  }

  /** The codes in what clients were told in the last step. */
  private List<String> codes() {
    return stage.wanted(Effect.TellClient.class).stream().map(t -> code(t.test())).toList();
  }

  private static String code(TestDescription test) {
    return test.progress().reservedProducts().get(0).value("sim1-pin1");
  }

  @Test
  void attachingTakesTheRightToStop() {
    start("a");
    ask(CLIENT_2, Bond.ATTACH, "a", SUBMITTER);

    assertEquals(List.of("client2.test a failed"), stage.told());
    assertTrue(stage.details().contains("takes the right to operate"), stage.details());
    assertEquals(List.of(), stage.wanted(Effect.BindRun.class));

    var neighbour = new ClientId(new Endpoint("client1.test", 20_077));
    stage.apply(new Event.ClientLeft(stage.now, CLIENT_1));
    ask(neighbour, Bond.ATTACH, "a", SUBMITTER);
    assertEquals(List.of("client1.test a started"), stage.told());
  }

  @Test
  void whatIsKeptIsSentByItsNodeToWhoMayHaveIt() {
    start("a");
    ask(CLIENT_2, Bond.RESULTS, "a", OPERATOR);
    assertTrue(stage.details().contains("has not ended"), stage.details());
    stage.report(NODE_1, "a", 1, TestStatus.FINISHED);

    ask(CLIENT_2, Bond.RESULTS, "a", OPERATOR);
    assertEquals(List.of("client2.test a finished"), stage.told());
    ask(CLIENT_2, Bond.FETCH, "a", OPERATOR);
    assertEquals(CLIENT_2.endpoint(), stage.wanted(Effect.BindRun.class).get(0).client());
    ask(CLIENT_2, Bond.FETCH, "a", SUBMITTER);
    assertEquals(List.of(), stage.wanted(Effect.BindRun.class));
  }

  @Test
  void whatFailedOnceItRanIsNotTriedAgain() {
    start("a");
    stage.apply(new Event.ClientLeft(stage.now, CLIENT_1));
    stage.report(NODE_1, "a", 1, TestStatus.FAILED);

    assertFalse(stage.isRunning("a"));
    assertFalse(stage.isWaiting("a"));
  }

  @Test
  void aFollowerThatIsGoneLeavesTheTestAlone() {
    start("a");
    ask(CLIENT_2, Bond.ATTACH, "a", OPERATOR);
    stage.apply(new Event.ClientUnreachable(stage.now, CLIENT_2, "killed"));

    assertTrue(stage.isRunning("a"));
  }

  @Test
  void aTestThatEndsWithItsClientIsFollowedByNobodyElse() {
    stage.submit(CLIENT_1, flash("a"), ANY);
    stage.report(NODE_1, "a", 1, TestStatus.STARTED);
    ask(CLIENT_2, Bond.ATTACH, "a", OPERATOR);

    assertTrue(stage.details().contains("belongs to its client"), stage.details());
  }

  private void start(String id) {
    stage.submit(CLIENT_1, detached(id), ANY);
    stage.report(NODE_1, id, 1, TestStatus.STARTED);
    assertTrue(stage.isRunning(id));
  }

  private void ask(ClientId client, Bond bond, String id, Principal who) {
    var named = TestDescription.named(RuntimeId.of(id));
    stage.apply(
        new Event.CheckRequested(
            stage.now, client.endpoint(), named.with(named.origin().bound(bond)), who));
  }

  private static TestDescription detached(String id) {
    var test = flash(id);
    return test.with(test.origin().bound(Bond.DETACHED));
  }

  private static Principal who(AccessRole role) {
    return new Principal(
        Principal.Kind.CLIENT, "somebody", Optional.empty(), Optional.empty(), Rights.onFarm(role));
  }
}
