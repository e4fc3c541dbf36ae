package com.nokia.ci.tas.communicator.keeping;

import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ResultsWish;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.commons.model.TestOrigin;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.communicator.node.ExecutorEnd;
import com.nokia.ci.tas.communicator.node.Reach;
import com.nokia.ci.tas.communicator.node.RunOrder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is written down of one run; holds no secret of it.
 *
 * @param order of it only what tells it from others, and what is to be delivered to whom
 * @param startTime when its executor started; the epoch: not yet
 * @param end of its executor, when that has ended by itself
 * @param collected what it has left, once that is known
 * @param told when its end was told; until then the next life of the node has to do with it
 */
record RunNote(
    RunOrder order,
    Instant startTime,
    Optional<ExecutorEnd> end,
    Optional<Collected> collected,
    Optional<Instant> told) {

  static RunNote of(RunOrder order) {
    return new RunNote(
        skeleton(order), Instant.EPOCH, Optional.empty(), Optional.empty(), Optional.empty());
  }

  RunNote startedAt(Instant time) {
    return new RunNote(order, time, end, collected, told);
  }

  RunNote ended(ExecutorEnd how) {
    return new RunNote(order, startTime, Optional.of(how), collected, told);
  }

  RunNote with(Collected found) {
    return new RunNote(order, startTime, end, Optional.of(found), told);
  }

  RunNote toldAt(Instant time) {
    return new RunNote(order, startTime, end, collected, Optional.of(time));
  }

  ResultsWish wish() {
    return ResultsWish.of(order.test().execution().resultsFilename());
  }

  /** Whether nothing more comes of it: what it has left is known, or how it ended was told. */
  boolean isOver() {
    return collected.isPresent() || told.isPresent();
  }

  /** Whether nobody waits for anything of it. */
  boolean isDelivered() {
    return collected.map(Collected::isDelivered).orElse(true);
  }

  /** A ticket of a client is a secret, and the next life has no connection that it opens. */
  private static RunOrder skeleton(RunOrder order) {
    var test = order.test();
    String results = test.execution().resultsFilename();
    boolean hasPatterns = !ResultsWish.of(results).patterns().isEmpty();
    var execution =
        new TestExecution(
            "",
            "",
            hasPatterns ? test.execution().artifacts() : List.of(),
            Map.of(),
            List.of(),
            results);
    var reserved = test.progress().reservedProducts().stream().map(RunNote::named).toList();
    return new RunOrder(
        TestDescription.named(order.id())
            .with(
                TestOrigin.UNKNOWN
                    .submittedAs(test.origin().submission())
                    .bound(test.origin().bond()))
            .with(execution)
            .with(TestProgress.NONE.attempt(order.attempt()).reserving(reserved)),
        order.client(),
        order.reach() == Reach.DIRECT ? Reach.RELAYED : order.reach());
  }

  private static ProductDescription named(ProductDescription product) {
    String reserved = ProductAttribute.RESERVATION_TIME.text();
    return ProductDescription.of(
        Map.of("imei", product.id().imei(), reserved, product.value(reserved)));
  }
}
