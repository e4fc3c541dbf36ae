package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.TestId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The rules of what runs tell of products and nodes. A failure that is a product's or a node's
 * counts against the products of the run, and against the node when the failures before it there
 * were of other tests on other products. What fails elsewhere too is the test's fault, and counts
 * against nothing; once a node is suspect, what fails there is the node's fault and not that of its
 * products.
 *
 * <p>That a node is lost, begins anew or cannot be told counts as coming and going (see {@link
 * Care}), not here.
 */
final class Blame {
  /** What fails so shortly before its node says goodbye has failed because of that. */
  private static final Duration GOODBYE = Cooling.GAP;

  private final Turn turn;
  private final Books books;

  Blame(Turn turn) {
    this.turn = turn;
    books = turn.books;
  }

  /**
   * A run of a test failed; what its test makes of that has not been decided.
   *
   * @param before what became of the earlier runs of the test
   */
  void failed(NodeId node, Run run, LiveTest.Failures before, Reason cause) {
    if (!books.settings.health().isJudging() || !isToldByRun(cause)) {
      return;
    }
    var test = run.id().test();
    acquit(node, run, before, test);
    boolean isOurs = cause.fault() == Fault.PRODUCT || cause.fault() == Fault.NODE;
    if (!isOurs || before.count() > 0) {
      return; // what failed before is held against that, or is the fault of the test
    }
    var strike = new Health.Strike(test, run.products(), turn.now, cause.sentence());
    strike(node, run, strike);
    if (!books.node(node).standing().isSuspect(books.settings.health())) {
      for (var id : culprits(run, cause)) {
        turn.care.change(id, it -> it.struck(strike, books.settings.health()));
      }
    }
  }

  /** A run succeeded: what it used is fit. */
  void finished(NodeId node, Run run) {
    run.products().forEach(id -> turn.care.change(id, Health::succeeded));
    turn.care.change(node, Health::succeeded);
  }

  /** A node says goodbye: what failed there just now, failed because of that. */
  void left(NodeId node) {
    var since = turn.now.minus(GOODBYE);
    for (var strike : books.node(node).standing().strikes()) {
      if (strike.at().isAfter(since)) {
        forgive(node, strike.test());
      }
    }
    for (var id : books.node(node).products()) {
      for (var strike : books.product(id.getKey()).health().strikes()) {
        if (strike.at().isAfter(since)) {
          forgive(id.getKey(), strike.test());
        }
      }
    }
  }

  /**
   * Whether a failure tells something of what the run used, and not only of the way to its node.
   */
  private static boolean isToldByRun(Reason cause) {
    return cause.code().equals(Runs.REPORTED) || cause.code().equals(Products.GONE);
  }

  /** What a test failed on before, and has not used now, was not at fault. */
  private void acquit(NodeId node, Run run, LiveTest.Failures before, TestId test) {
    before.products().stream()
        .filter(id -> !run.products().contains(id))
        .forEach(id -> forgive(id, test));
    before.node().filter(there -> !there.equals(node)).ifPresent(there -> forgive(there, test));
  }

  private void forgive(ProductId id, TestId test) {
    turn.care.change(id, it -> it.forgiven(test, books.settings.health()));
  }

  private void forgive(NodeId id, TestId test) {
    turn.care.change(id, it -> it.forgiven(test, books.settings.health()));
  }

  /**
   * Which products a failure may be the fault of: the one with which the sentence of the node
   * begins ({@code product IMEI …}, docs/protocol.md), or any that the run used.
   */
  private List<ProductId> culprits(Run run, Reason cause) {
    if (cause.code().equals(Products.GONE)) {
      return run.products().stream()
          .filter(id -> books.product(id).presence() instanceof Presence.Dead)
          .toList();
    }
    var named =
        run.products().stream()
            .filter(id -> cause.sentence().startsWith("product " + id.imei() + " "))
            .toList();
    return cause.fault() == Fault.PRODUCT && !named.isEmpty() ? named : run.products();
  }

  /**
   * Runs that go on at the same time may fail for the same reason, so only what began after the
   * last failure counts. A node that becomes suspect takes the blame from its products.
   */
  private void strike(NodeId id, Run run, Health.Strike strike) {
    var limits = books.settings.health();
    var standing = books.node(id).standing();
    boolean isNew = last(standing).filter(it -> run.reserved().isBefore(it.at())).isEmpty();
    boolean isElsewhere =
        standing.isSuspect(limits)
            || standing.strikes().stream()
                .flatMap(it -> it.products().stream())
                .noneMatch(run.products()::contains);
    if (!isNew || !isElsewhere) {
      return;
    }
    turn.care.change(id, it -> it.struck(strike, limits));
    var struck = books.node(id).standing();
    if (struck.isSuspect(limits) && !standing.isSuspect(limits)) {
      for (var blamed : struck.strikes()) {
        blamed.products().forEach(product -> forgive(product, blamed.test()));
      }
    }
  }

  private static Optional<Health.Strike> last(Health health) {
    var strikes = health.strikes();
    return strikes.isEmpty() ? Optional.empty() : Optional.of(strikes.get(strikes.size() - 1));
  }
}
