package com.nokia.ci.tas.service.news;

import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.farm.FarmChanges;
import com.nokia.ci.tas.service.farm.FarmChanges.Moved;
import com.nokia.ci.tas.service.farm.FarmChanges.Point;
import com.nokia.ci.tas.service.farm.FarmSnapshot;
import com.nokia.ci.tas.service.farm.FarmSnapshot.NodeView;
import com.nokia.ci.tas.service.farm.FarmSnapshot.ProductView;
import com.nokia.ci.tas.service.json.NewsJson;
import com.nokia.ci.tas.service.json.NewsJson.NodeNews;
import com.nokia.ci.tas.service.json.NewsJson.ProductNews;
import com.nokia.ci.tas.service.news.Newsflash.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes news of what is different between two snapshots: each point of a test, in its order. */
final class Reporter {
  private final List<Newsflash> made = new ArrayList<>();
  private final FarmSnapshot before;
  private final FarmSnapshot now;
  private long last;

  private Reporter(FarmSnapshot before, FarmSnapshot now, long last) {
    this.before = before;
    this.now = now;
    this.last = last;
  }

  /**
   * News from one snapshot to another.
   *
   * @param last number of the last piece so far
   */
  static List<Newsflash> between(FarmSnapshot before, FarmSnapshot now, long last) {
    var reporter = new Reporter(before, now, last);
    var changes = FarmChanges.between(before, now);
    changes.ended().forEach(reporter::ended);
    changes.tests().forEach(reporter::moved);
    changes.products().forEach(reporter::product);
    changes.nodes().forEach(reporter::node);
    return List.copyOf(reporter.made);
  }

  private void moved(Moved test) {
    if (test.isWhereItWas()) {
      detail(test);
      return;
    }
    boolean isAnew = test.was() == Point.ABSENT || test.attempts() > test.formerAttempts();
    if (test.was() == Point.ABSENT || (isAnew && test.was() != Point.WAITING)) {
      point(test, Point.WAITING, test.was() == Point.ABSENT ? test.received() : now.at());
    }
    boolean isReserved = test.now().compareTo(Point.PREPARING) >= 0 && test.reserved().isPresent();
    if (isReserved && (isAnew || test.was() == Point.WAITING)) {
      point(test, Point.PREPARING, test.reserved().orElseThrow());
    }
    if (test.now() == Point.RUNNING) {
      point(test, Point.RUNNING, test.started().orElseGet(now::at));
    }
    boolean isToldAlready = test.now() == Point.PREPARING && isReserved;
    boolean isBack = test.now() == Point.WAITING && test.was() != Point.ABSENT && !isAnew;
    if (test.now() == Point.ENDING || isBack) {
      point(test, test.now(), now.at());
    } else if (test.now() == Point.PREPARING && !isToldAlready) {
      point(test, Point.PREPARING, now.at());
    }
  }

  private void detail(Moved test) {
    add(
        Topic.DETAIL,
        "preparing",
        Optional.of(test.test()),
        products(test.test()),
        test.node(),
        NewsJson.waiting(test, now.at()));
  }

  private void point(Moved test, Point point, Instant at) {
    String state = point.name().toLowerCase(Locale.ROOT);
    boolean isOnNode = point.compareTo(Point.WAITING) > 0;
    add(
        Topic.TEST,
        state,
        Optional.of(test.test()),
        isOnNode ? products(test.test()) : List.of(),
        isOnNode ? test.node() : Optional.empty(),
        NewsJson.of(test, state, isOnNode, at));
  }

  /** What became of a test between the snapshots is told before its end. */
  private void ended(EndedTest test) {
    var times = test.times();
    boolean wasThere =
        before.running(test.test().id().test()).isPresent()
            || before.waiting(test.test().id().test()).isPresent();
    boolean wasRunning =
        before
            .running(test.test().id().test())
            .filter(it -> it.attempt() == test.attempts())
            .isPresent();
    boolean wasStarted =
        before
            .running(test.test().id().test())
            .filter(it -> it.attempt() == test.attempts())
            .flatMap(FarmSnapshot.RunningTest::started)
            .isPresent();
    if (!wasThere && test.verdict() != EndedTest.Verdict.REFUSED) {
      passed(test, "waiting", times.received());
    }
    if (!wasRunning) {
      times.reserved().ifPresent(at -> passed(test, "preparing", at));
    }
    if (!wasStarted) {
      times.started().ifPresent(at -> passed(test, "running", at));
    }
    add(
        Topic.TEST,
        "ended",
        Optional.of(test.test()),
        products(test.test()),
        test.node(),
        NewsJson.of(test));
  }

  private void passed(EndedTest test, String state, Instant at) {
    boolean isOnNode = !state.equals("waiting");
    add(
        Topic.TEST,
        state,
        Optional.of(test.test()),
        isOnNode ? products(test.test()) : List.of(),
        isOnNode ? test.node() : Optional.empty(),
        NewsJson.passed(test, state, isOnNode, at));
  }

  private void product(ProductId id) {
    var view = now.product(id);
    var was = before.product(id);
    var is = view.map(ProductNews::of);
    boolean isAsFit = view.map(ProductView::health).equals(was.map(ProductView::health));
    if (isAsFit && is.equals(was.map(ProductNews::of))) {
      return;
    }
    add(
        Topic.PRODUCT,
        view.map(it -> it.product().status().text()).orElse("gone"),
        Optional.empty(),
        List.of(id),
        view.or(() -> was).map(ProductView::node),
        is.map(ProductNews::json).orElseGet(() -> NewsJson.gone(id)));
  }

  private void node(NodeId id) {
    var view = now.node(id);
    var was = before.node(id);
    var is = view.map(NodeNews::of);
    boolean isAsFit = view.map(NodeView::standing).equals(was.map(NodeView::standing));
    if (isAsFit && is.equals(was.map(NodeNews::of))) {
      return;
    }
    add(
        Topic.NODE,
        view.map(it -> it.condition().name().toLowerCase(Locale.ROOT)).orElse("gone"),
        Optional.empty(),
        List.of(),
        Optional.of(id),
        is.map(NodeNews::json).orElseGet(() -> NewsJson.gone(id)));
  }

  private void add(
      Topic topic,
      String state,
      Optional<TestDescription> test,
      List<ProductId> products,
      Optional<NodeId> node,
      String json) {
    last++;
    made.add(new Newsflash(last, topic, state, test, products, node, json));
  }

  private static List<ProductId> products(TestDescription test) {
    return test.progress().reservedProducts().stream().map(ProductDescription::id).toList();
  }
}
