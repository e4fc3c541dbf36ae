package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.Requirement;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDemand;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.service.farm.Effect.TellClient.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Puts into words and descriptions what nodes, clients and the log are told of tests. */
final class Reports {
  private static final List<String> ROUTES = List.of("direct", "relayed");

  private final Turn turn;

  Reports(Turn turn) {
    this.turn = turn;
  }

  /** A test as its node is told to start it (wire protocol, "Start"). */
  static TestDescription forNode(
      TestDescription accepted, int attempt, List<ProductDescription> reserved) {
    var execution = accepted.execution();
    var artifacts = new LinkedHashSet<>(execution.artifacts());
    execution.packages().forEach(part -> artifacts.addAll(part.files()));
    return accepted
        .with(execution.with(List.copyOf(artifacts), List.of()))
        .with(
            accepted
                .progress()
                .with(TestStatus.STARTED, "")
                .startedAt(Instant.EPOCH)
                .attempt(attempt)
                .reserving(reserved));
  }

  /** A test as it stands now. */
  static TestDescription current(Books books, LiveTest test) {
    var description = test.order().description();
    var run = run(books, test);
    if (run.isEmpty()) {
      return description.with(TestStatus.PENDING, Why.waits(books, test));
    }
    var progress =
        description
            .progress()
            .attempt(test.attempts())
            .reserving(reserved(books, run.get()))
            .by(run.get().route());
    return run.get()
        .started()
        .map(at -> description.with(progress.with(TestStatus.STARTED, "").startedAt(at)))
        .orElseGet(
            () ->
                description.with(
                    progress.with(
                        TestStatus.PENDING,
                        Words.withDetail(
                            "being prepared on node " + test.node().orElseThrow(),
                            run.get().waitsFor()))));
  }

  /** A whole test as it stands now, whatever its parts do. */
  static TestDescription current(Books books, WholeTest whole) {
    var parts = books.parts(whole);
    if (!whole.isSplit() && !parts.isEmpty()) {
      return current(books, parts.get(0));
    }
    var description = whole.order().description();
    var reserved = new ArrayList<ProductDescription>();
    whole.finished().forEach(part -> reserved.addAll(part.products()));
    parts.forEach(part -> run(books, part).ifPresent(run -> reserved.addAll(reserved(books, run))));
    int attempt = parts.stream().mapToInt(LiveTest::attempts).max().orElse(0);
    return description.with(
        description
            .progress()
            .with(TestStatus.PENDING, Summary.progress(books, whole))
            .attempt(attempt)
            .reserving(reserved));
  }

  /** Whether a word says how a node reaches a client. */
  static boolean isRoute(String word) {
    return ROUTES.contains(word);
  }

  /** The run of a test, if it has one. */
  static Optional<Run> run(Books books, LiveTest test) {
    return test.node().flatMap(books.nodes::get).flatMap(node -> node.run(test.runtimeId()));
  }

  /** The products of a run as the service shows them, secrets included. */
  static List<ProductDescription> reserved(Books books, Run run) {
    return run.products().stream()
        .map(books::product)
        .map(product -> product.shown(books.settings.service()))
        .toList();
  }

  /** A test without codes and secret parameters, for anybody but its issuer and its node. */
  static TestDescription open(TestDescription test, Requirement requirement) {
    var demand = test.demand();
    var asked =
        new TestDemand(
            demand.target(),
            demand.releasingMode(),
            demand.disconnectionTimeout(),
            demand.expression().isEmpty() ? "" : requirement.toString(),
            demand.requiredProducts().stream().map(ProductDescription::withoutSecrets).toList(),
            demand.priority(),
            demand.distribution(),
            demand.limits());
    var progress = test.progress();
    return test.with(asked)
        .with(test.execution().withoutSecrets())
        .with(
            progress.reserving(
                progress.reservedProducts().stream()
                    .map(ProductDescription::withoutSecrets)
                    .toList()));
  }

  /** A test as its issuer sees it: what is secret of its parameters only its node is told. */
  static TestDescription forIssuer(TestDescription test) {
    return test.with(test.execution().withoutSecrets());
  }

  /** A test as its client sees it: who took the place of another sees no secrets of products. */
  static TestDescription forClient(LiveTest.Order order, TestDescription test) {
    return order.isReleased() ? open(test, order.requirement()) : forIssuer(test);
  }

  /** The client of a test is told how it stands; who took the place of another sees no secrets. */
  void update(LiveTest.Order order, TestDescription description, Optional<Reason> reason) {
    if (order.client().isNobody()) {
      return;
    }
    turn.effect(
        new Effect.TellClient(
            order.client().endpoint(), Kind.UPDATE, forClient(order, description), reason));
  }

  /** The issuer of a test is told how it ended, once more. */
  void end(ClientId client, UntoldEnd end) {
    turn.effect(
        new Effect.TellClient(client.endpoint(), Kind.UPDATE, forIssuer(end.test()), end.reason()));
  }

  /** Somebody who asked about a test is told how it stands; strangers see no secrets. */
  void answer(
      Endpoint to, LiveTest.Order order, TestDescription description, Optional<Reason> reason) {
    boolean isIssuer = order.client().endpoint().equals(to) && !order.isReleased();
    turn.effect(
        new Effect.TellClient(
            to,
            Kind.UPDATE,
            isIssuer ? forIssuer(description) : open(description, order.requirement()),
            reason));
  }

  void notice(LiveTest.Order order, String text) {
    if (order.client().isNobody()) {
      return;
    }
    turn.effect(
        new Effect.Notice(order.client(), TestDescription.named(order.description().id()), text));
  }

  void moved(LiveTest test, Optional<NodeId> node, String from, String to, String why) {
    moved(test.runtimeId(), test.attempts(), node, from, to, why);
  }

  void moved(RuntimeId id, int attempt, Optional<NodeId> node, String from, String to, String why) {
    turn.effect(new Effect.RunMoved(id, attempt, node, from, to, Words.oneLine(why)));
  }
}
