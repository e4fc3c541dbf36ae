package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.TestDemand;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.service.audit.AuditLog;
import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.farm.FarmSnapshot;
import com.nokia.ci.tas.service.farm.FarmSnapshot.RunningTest;
import com.nokia.ci.tas.service.farm.FarmSnapshot.WaitingTest;
import com.nokia.ci.tas.service.http.api.Operation;
import com.nokia.ci.tas.service.json.FarmJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What people order about a test but for stopping it: another priority, and once more. */
final class AgainDesk {
  private static final String PRIORITY = "priority of test";
  private static final String AGAIN = "run test again";
  private static final int MOST_NAMES = 1_000;

  private final Endpoint service;
  private final FarmSource source;
  private final Witness witness;
  private final FarmOrders orders;
  private final TestDesk tests;

  AgainDesk(Endpoint service, FarmSource source, AuditLog audit, FarmOrders orders) {
    this.service = service;
    this.source = source;
    this.witness = new Witness(audit);
    this.orders = orders;
    this.tests = new TestDesk(source);
  }

  void addTo(Router router) {
    router
        .serve(Operation.PRIORITY, (request, id) -> prioritise(request, new TestId(id)))
        .serve(Operation.RUN_AGAIN, (request, id) -> again(request, new TestId(id)));
  }

  // ---- another priority

  private Answer prioritise(Request request, TestId id) {
    FarmSnapshot farm = VisibleFarm.of(source.farm(), request.visitor());
    Optional<TestDescription> test =
        farm.waiting(id).map(WaitingTest::test).or(() -> farm.running(id).map(RunningTest::test));
    if (test.isEmpty()) {
      return tests.ended(request, id).isPresent()
          ? Answer.problem(409, "The test has ended already.")
          : Answer.problem(404, TestDesk.NO_SUCH_TEST);
    }
    if (!request.visitor().maySteer(test.get())) {
      return Answer.problem(403, witness.forbidden(request, PRIORITY, test.get()));
    }
    var body = OrderBody.of(request);
    var priority = body.number("priority").filter(TestDemand::isPriority);
    if (body.problem().isPresent() || priority.isEmpty()) {
      return Answer.problem(
          400,
          body.problem()
              .orElse(
                  "Say which: {\"priority\": N}, a whole number from %d to %d."
                      .formatted(TestDemand.LOWEST_PRIORITY, TestDemand.HIGHEST_PRIORITY)));
    }
    int wanted = priority.get().intValue();
    orders.prioritise(id, request.visitor().name(), wanted);
    witness.done(request, PRIORITY, id.value() + ": " + wanted);
    return Site.json(FarmJson.object().put("id", id.value()).put("priority", wanted)).with(202);
  }

  // ---- once more

  private Answer again(Request request, TestId id) {
    FarmSnapshot farm = VisibleFarm.of(source.farm(), request.visitor());
    if (farm.running(id).isPresent() || farm.waiting(id).isPresent()) {
      return Answer.problem(409, "The test has not ended; it can be run again when it has.");
    }
    var ended = tests.ended(request, id);
    if (ended.isEmpty()) {
      return Answer.problem(404, TestDesk.NO_SUCH_TEST);
    }
    var test = ended.get().test();
    if (!request.visitor().maySteer(test)) {
      return Answer.problem(403, witness.forbidden(request, AGAIN, test));
    }
    var body = OrderBody.of(request);
    var complaint = body.problem().or(() -> complaint(body));
    if (complaint.isPresent()) {
      return Answer.problem(400, complaint.get());
    }
    boolean isFailedOnly = body.text("only").filter("failed"::equals).isPresent();
    if (isFailedOnly && ended.get().verdict() == EndedTest.Verdict.FINISHED) {
      return Answer.problem(409, "Nothing of the test failed.");
    }
    return again(request, ended.get(), changed(test, body, free(id, body)), isFailedOnly);
  }

  private Answer again(
      Request request, EndedTest ended, TestDescription next, boolean isFailedOnly) {
    String old = ended.test().id().test().value();
    String id = next.id().test().value();
    var packages = Again.failedPackages(ended);
    var obstacle = Again.obstacle(next);
    if (obstacle.isPresent()) {
      witness.refused(request, AGAIN, old, "its client has to");
      return Answer.problem(
          409,
          obstacle.get() + " " + Again.instead(next, isFailedOnly && !packages.isEmpty()),
          Map.of("command", Again.command(next, id, service, isFailedOnly ? packages : List.of())));
    }
    var taken = SafeName.complaint("test id", id);
    if (taken.isPresent()) {
      return Answer.problem(400, taken.get());
    }
    if (isKnown(new TestId(id))) {
      return Answer.problem(409, "Test id " + SafeName.shown(id) + " is in use; choose another.");
    }
    orders.runAgain(
        next.with(next.origin().ownedBy(request.visitor().who().user())),
        ended.client(),
        request.visitor().name());
    witness.done(request, AGAIN, old + " as " + id);
    return Site.json(FarmJson.object().put("id", id).put("of", old)).with(202);
  }

  private static Optional<String> complaint(OrderBody body) {
    String only = body.text("only").orElse("all");
    var odd =
        Stream.of("only", "id", "priority", "timeout", "requiredProductsExpression")
            .filter(body::isOdd)
            .findFirst();
    if (odd.isPresent() || !(only.equals("all") || only.equals("failed"))) {
      return Optional.of("Say {\"only\": \"all\"} or {\"only\": \"failed\"}; see docs/api.md.");
    }
    if (body.number("priority").filter(it -> !TestDemand.isPriority(it)).isPresent()) {
      return Optional.of(
          "\"priority\" has to be from %d to %d."
              .formatted(TestDemand.LOWEST_PRIORITY, TestDemand.HIGHEST_PRIORITY));
    }
    return body.number("timeout").filter(it -> it <= 0).isPresent()
        ? Optional.of("\"timeout\" has to be a positive number of milliseconds.")
        : Optional.empty();
  }

  private static TestDescription changed(TestDescription test, OrderBody body, String id) {
    var demand = test.demand();
    var priority = body.number("priority").map(Long::intValue).orElse(demand.priority());
    var asking =
        body.text("requiredProductsExpression")
            .map(demand::asking)
            .orElse(demand)
            .priority(priority);
    var timeout = body.number("timeout").map(Duration::ofMillis);
    return test.with(new RuntimeId(new TestId(id), /* subId= */ ""))
        .with(asking)
        .with(test.progress().within(timeout.orElse(test.progress().timeout())));
  }

  /** The id that is wished for, or the first that nobody has. */
  private String free(TestId id, OrderBody body) {
    var wished = body.text("id").filter(it -> !it.isBlank());
    if (wished.isPresent()) {
      return wished.get();
    }
    String stem = id.value().replaceFirst("-again[0-9]*$", "") + "-again";
    for (int number = 1; number < MOST_NAMES; number++) {
      String name = number == 1 ? stem : stem + number;
      if (!isKnown(new TestId(name))) {
        return name;
      }
    }
    return stem + source.farm().version();
  }

  /** Whether anybody's test has an id, whoever may see it. */
  private boolean isKnown(TestId id) {
    var farm = source.farm();
    return farm.running(id).isPresent()
        || farm.waiting(id).isPresent()
        || farm.ended(id).isPresent()
        || tests.isPast(id);
  }
}
