package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.RuntimeId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One run of a test or of a sub-test, for whoever wants to know what was tried before it ended.
 *
 * @param run the test, with the sub-id of the sub-test if it is one
 * @param number of the attempt, from 1
 * @param node where it was
 * @param products what it had, in the order asked
 * @param reserved when it got them
 * @param started when its executor started, if it did
 * @param ended when it ended; empty while it goes on
 * @param end how it ended; empty while it goes on
 * @param cause why it did not finish, without secrets; empty when it finished or goes on
 */
public record Attempt(
    RuntimeId run,
    int number,
    NodeId node,
    List<ProductId> products,
    Instant reserved,
    Optional<Instant> started,
    Optional<Instant> ended,
    Optional<EndedTest.Verdict> end,
    Optional<Reason> cause) {

  /** So many of the last attempts of a test, or of a sub-test, are remembered. */
  public static final int REMEMBERED = 20;

  public Attempt {
    products = List.copyOf(products);
  }

  /** A run that goes on. */
  static Attempt of(NodeId node, Run run) {
    return new Attempt(
        run.id(),
        run.attempt(),
        node,
        run.products(),
        run.reserved(),
        run.started(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same, which has ended. */
  Attempt ended(Instant at, EndedTest.Verdict how, Optional<Reason> why) {
    return new Attempt(
        run, number, node, products, reserved, started, Optional.of(at), Optional.of(how), why);
  }
}
