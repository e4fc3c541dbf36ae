package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is different in a farm from an earlier snapshot of it. Takes time for what changed, however
 * large the farm is. Without secrets.
 *
 * @param tests sub-tests or whole tests that are at another point, by id; those that ended not
 * @param products products of which something changed, or that came or went
 * @param nodes nodes of which something changed, be it when they were last heard of
 * @param ended tests that ended, in that order
 */
public record FarmChanges(
    List<Moved> tests, Set<ProductId> products, Set<NodeId> nodes, List<EndedTest> ended) {

  /** How far a test is. */
  public enum Point {
    /** It is not known, or not any more. */
    ABSENT,
    WAITING,
    /** It has its products, and its executor has not started. */
    PREPARING,
    RUNNING,
    /** Its run was told to end, or has, and its products are not free yet. */
    ENDING
  }

  /**
   * A test, or a part of one, that is at another point than before, or waits there for something
   * else.
   *
   * @param test without secrets, its progress with the products it has
   * @param client who issued it
   * @param was where it was
   * @param now where it is
   * @param formerAttempts how many runs it had before
   * @param attempts how many it has had now, the present one included
   * @param node where it is, if it is on one
   * @param received when the service got it
   * @param reserved when it got its products, if it has them
   * @param started when its executor started, if it has
   * @param waitsFor what it waits for on its node before that, as the node says; empty: nothing
   *     that is known
   */
  public record Moved(
      TestDescription test,
      ClientId client,
      Point was,
      Point now,
      int formerAttempts,
      int attempts,
      Optional<NodeId> node,
      Instant received,
      Optional<Instant> reserved,
      Optional<Instant> started,
      String waitsFor) {

    /** Whether it is where it was, and only what it waits for there is different. */
    public boolean isWhereItWas() {
      return was == now && formerAttempts == attempts;
    }
  }

  /**
   * What came about between two snapshots of one farm.
   *
   * @param before the earlier one
   */
  public static FarmChanges between(FarmSnapshot before, FarmSnapshot after) {
    var old = BooksSnapshot.booksOf(before);
    var now = BooksSnapshot.booksOf(after);
    var nodes = new TreeSet<>(now.nodes.differing(old.nodes));
    var tests = new TreeSet<>(now.tests.differing(old.tests));
    for (var node : nodes) {
      now.nodes.get(node).ifPresent(it -> it.runs().keys().forEach(tests::add));
    }
    var moved = new ArrayList<Moved>();
    for (var id : tests) {
      now.tests.get(id).flatMap(test -> moved(old, now, id, test)).ifPresent(moved::add);
    }
    return new FarmChanges(
        List.copyOf(moved),
        new TreeSet<>(now.products.differing(old.products)),
        nodes,
        ended(old, now));
  }

  private static Optional<Moved> moved(Books old, Books now, RuntimeId id, LiveTest test) {
    var former = old.tests.get(id);
    var was = former.map(it -> point(old, it)).orElse(Point.ABSENT);
    var is = point(now, test);
    int formerAttempts = former.map(LiveTest::attempts).orElse(0);
    var run = Reports.run(now, test);
    var moved =
        new Moved(
            Reports.open(Reports.current(now, test), test.order().requirement()),
            test.order().client(),
            was,
            is,
            formerAttempts,
            test.attempts(),
            test.node(),
            test.order().received(),
            run.map(Run::reserved),
            run.flatMap(Run::started),
            waitsFor(run));
    String waitedFor = waitsFor(former.flatMap(it -> Reports.run(old, it)));
    return moved.isWhereItWas() && moved.waitsFor().equals(waitedFor)
        ? Optional.empty()
        : Optional.of(moved);
  }

  private static String waitsFor(Optional<Run> run) {
    return run.map(Run::waitsFor).orElse("");
  }

  private static Point point(Books books, LiveTest test) {
    var run = Reports.run(books, test);
    if (run.isEmpty()) {
      return Point.WAITING;
    }
    if (run.get().isEnding()) {
      return Point.ENDING;
    }
    return run.get().started().isPresent() ? Point.RUNNING : Point.PREPARING;
  }

  private static List<EndedTest> ended(Books old, Books now) {
    var ended = new ArrayList<EndedTest>();
    for (var next = now.ended.after(old.nextEnd - 1);
        next.isPresent();
        next = now.ended.after(next.get().getKey())) {
      ended.add(next.get().getValue());
    }
    return ended;
  }
}
