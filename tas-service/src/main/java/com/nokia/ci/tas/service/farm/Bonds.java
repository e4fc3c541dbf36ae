package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.commons.model.Bond;
import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.service.farm.Effect.TellClient.Kind;
import java.time.Instant;
import java.util.Optional;

/**
 * The rules of tests that outlive their clients: when they are let go, who may take the place of a
 * client, and who is sent what their nodes keep (ADR 0023).
 */
final class Bonds {
  private final Turn turn;
  private final Books books;

  Bonds(Turn turn) {
    this.turn = turn;
    books = turn.books;
  }

  /**
   * Lets go of a test whose client is gone, if it can do without: its node has all its files.
   *
   * @return whether it goes on
   */
  boolean release(WholeTest test) {
    var started = started(test);
    started.ifPresent(part -> bind(part, ClientId.NOBODY, Bond.ATTACH));
    return started.isPresent();
  }

  /**
   * Answers a client that asks for more than how a test is.
   *
   * @return false when it asks for no more
   */
  boolean on(Event.CheckRequested check) {
    var asked = check.test().origin().bond();
    switch (asked) {
      case ISSUER, DETACHED, RELEASED -> {
        return false;
      }
      case ATTACH -> attach(check);
      case RESULTS -> tellEnd(check);
      case FETCH, REPLAY -> send(check, asked);
    }
    return true;
  }

  private void attach(Event.CheckRequested check) {
    var test = books.whole(check.test().id().test());
    if (test.isEmpty()) {
      tellEnd(check);
      return;
    }
    var order = test.get().order();
    if (!may(check, order.description(), order.issuedBy())) {
      refuse(check, "not-yours", notYours(check, order.issuedBy()));
      return;
    }
    if (!order.description().origin().bond().isDetached()) {
      refuse(
          check,
          "not-detached",
          "test "
              + test.get().id()
              + " belongs to its client "
              + order.client()
              + " and ends with it; start a test with --detach to follow it from elsewhere");
      return;
    }
    var part = started(test.get());
    if (part.isEmpty()) {
      refuse(
          check,
          "not-started",
          "test "
              + test.get().id()
              + " has not started, and its client "
              + order.client()
              + " still has files to bring; attach when it runs");
      return;
    }
    var client = new ClientId(check.by());
    bind(part.get(), client, Bond.ATTACH);
    turn.clients.seen(client);
    turn.clients.speaks(client, Event.Line.SESSION);
    var bound = books.whole(test.get().id()).orElseThrow();
    turn.reports.answer(check.by(), bound.order(), Reports.current(books, bound), Optional.empty());
  }

  /** Somebody else, or nobody, is the client of a run from now on. */
  private void bind(LiveTest part, ClientId client, Bond word) {
    books.remove(part);
    books.put(part.releasedTo(client));
    turn.effect(bound(part.node().orElseThrow(), part.runtimeId(), word, client, Optional.empty()));
    turn.remark(
        Effect.Remark.Severity.INFO,
        "test "
            + part.id()
            + (client.isNobody()
                ? " goes on without its client " + part.order().client()
                : " is followed by " + client));
  }

  private static Effect bound(
      NodeId node, RuntimeId run, Bond word, ClientId client, Optional<Instant> ended) {
    var named = TestDescription.named(run);
    return new Effect.BindRun(
        node, named.with(named.origin().bound(word)), client.endpoint(), ended);
  }

  /** The test as far as its node has all that it needs; empty when its client is still needed. */
  private Optional<LiveTest> started(WholeTest test) {
    return test.order().description().origin().bond().isDetached() && !test.isSplit()
        ? books.parts(test).stream()
            .findFirst()
            .filter(
                part ->
                    Reports.run(books, part).flatMap(Run::started).isPresent()
                        && !Reports.run(books, part).get().isEnding())
        : Optional.empty();
  }

  private Optional<EndedTest> ended(Event.CheckRequested check) {
    return books
        .endedById
        .get(check.test().id().test())
        .map(books.ended::at)
        .filter(past -> past.test().origin().bond().isDetached());
  }

  /** How a test ended, to whoever may get its results. */
  private void tellEnd(Event.CheckRequested check) {
    var live = books.whole(check.test().id().test());
    if (live.isPresent()) {
      refuse(
          check,
          "not-ended",
          "test " + live.get().id() + " has not ended; its results are there when it has");
      return;
    }
    var past = ended(check);
    if (past.isEmpty()) {
      turn.tests.unknown(check.by(), check.test().id());
    } else if (!may(check, past.get().test(), past.get().client())) {
      refuse(check, "not-yours", notYours(check, past.get().client()));
    } else {
      answer(check, past.get());
    }
  }

  private void answer(Event.CheckRequested check, EndedTest past) {
    turn.effect(new Effect.TellClient(check.by(), Kind.UPDATE, past.test(), past.reason()));
  }

  /** A node that is not there has nothing to send. */
  private void send(Event.CheckRequested check, Bond word) {
    var past = ended(check).filter(it -> may(check, it.test(), it.client()));
    if (past.isEmpty()) {
      turn.tests.unknown(check.by(), check.test().id());
      return;
    }
    var node =
        past.get()
            .node()
            .filter(id -> books.nodes.get(id).filter(it -> !it.contact().isLost()).isPresent());
    if (node.isEmpty()) {
      refuse(
          check,
          "nothing-kept",
          "the node of test " + check.test().id() + " is not there, so it sends nothing");
      return;
    }
    turn.effect(
        bound(
            node.get(),
            past.get().test().id(),
            word,
            new ClientId(check.by()),
            Optional.of(past.get().times().ended())));
  }

  /** Those who may stop a test may take the place of its client. */
  private static boolean may(Event.CheckRequested check, TestDescription test, ClientId client) {
    var origin = test.origin();
    boolean isOwner =
        Clients.isIssuer(client, check.by())
            || (origin.owner().isPresent() && origin.owner().equals(check.who().user()));
    return check
        .who()
        .rights()
        .allow(isOwner ? AccessRole.SUBMIT : AccessRole.OPERATE, origin.project());
  }

  private static String notYours(Event.CheckRequested check, ClientId client) {
    return "test "
        + check.test().id()
        + " was started by "
        + client
        + "; what is said in the tests of others takes the right to operate";
  }

  private void refuse(Event.CheckRequested check, String code, String sentence) {
    Endpoint to = check.by();
    turn.effect(
        new Effect.TellClient(
            to,
            Kind.STOP,
            TestDescription.named(check.test().id()).with(TestStatus.FAILED, sentence),
            Optional.of(new Reason(Fault.REQUESTER, code, sentence))));
  }
}
