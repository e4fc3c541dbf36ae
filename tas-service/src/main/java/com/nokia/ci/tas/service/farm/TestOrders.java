package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.Bond;
import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.ReleasingMode;
import com.nokia.ci.tas.commons.model.TestDemand;

/** The rules of what persons order about tests, but for stopping them. */
final class TestOrders {
  private static final Reason NEEDS_CLIENT =
      new Reason(
          Fault.REQUESTER,
          "needs-its-client",
          "only its client can start it again: that has its files, its secrets or its products");

  private final Turn turn;
  private final Books books;

  TestOrders(Turn turn) {
    this.turn = turn;
    books = turn.books;
  }

  /**
   * A test has another place in the queue from now on, and its sub-tests with it; one that runs has
   * it when it is tried again. What waits has found nothing that is free, so nothing starts by
   * that.
   */
  void on(Event.PriorityOrdered order) {
    var known = books.whole(order.test());
    if (known.isEmpty() || !TestDemand.isPriority(order.priority())) {
      return;
    }
    var whole = known.get();
    if (books.wholes.contains(whole.id())) {
      books.put(
          new WholeTest(
              whole.order().prioritised(order.priority()), whole.requirements(), whole.stage()));
    }
    books.parts(whole).forEach(part -> books.putElsewhere(part.prioritised(order.priority())));
    String deed = "has priority " + order.priority() + ", as ordered by " + order.who();
    turn.reports.notice(whole.order(), Words.oneLine("test " + whole.id() + " " + deed));
    turn.remark(Effect.Remark.Severity.INFO, Words.oneLine("test " + whole.id() + " " + deed));
  }

  /** Nobody brings files for it, and nobody is told of it: it asks for neither. */
  void on(Event.RunAgainOrdered order) {
    var test = order.test();
    boolean isComplete =
        test.execution().artifacts().isEmpty()
            && test.execution().script().isEmpty()
            && test.execution().packages().isEmpty()
            && test.execution().secretParameters().isEmpty()
            && test.demand().releasingMode() == ReleasingMode.AUTOMATIC;
    var submission =
        new Event.TestSubmitted(
            order.at(),
            ClientId.NOBODY,
            test.with(test.origin().submittedAs("").bound(Bond.RELEASED)),
            order.wanted());
    var admission = new Admission(books, turn.now);
    var refusal = admission.complaint(submission);
    if (!isComplete || refusal.isPresent()) {
      turn.tests.refuse(submission, refusal.orElse(NEEDS_CLIENT));
      return;
    }
    turn.remark(
        Effect.Remark.Severity.INFO,
        Words.oneLine("test " + test.id() + " is run again, as ordered by " + order.who()));
    turn.parts.accept(admission.order(submission).issuedBy(order.issuer()), /* attempts= */ 0);
  }
}
