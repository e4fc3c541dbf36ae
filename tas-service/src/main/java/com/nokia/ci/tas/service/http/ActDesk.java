package com.nokia.ci.tas.service.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.farm.FarmSnapshot;
import com.nokia.ci.tas.service.http.view.Act;
import com.nokia.ci.tas.service.http.view.ActPage;
import com.nokia.ci.tas.service.http.view.Address;
import com.nokia.ci.tas.service.json.FarmJson;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What people have done by the pages. Each act has a page that asks once, without any script, and
 * is then done by the same operation that programs use: rights and audit are there.
 */
final class ActDesk {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_HOURS = 24 * 366;

  private final FarmSource source;
  private final Router router;
  private final Pages pages;
  private final InstantSource clock;
  private final TestDesk tests;

  ActDesk(FarmSource source, Router router, Pages pages, InstantSource clock) {
    this.source = source;
    this.router = router;
    this.pages = pages;
    this.clock = clock;
    this.tests = new TestDesk(source);
  }

  /** Must come after the operations that it uses. */
  void addTo(Router to) {
    for (var act : Act.values()) {
      for (var sort : act.sorts()) {
        String pattern = sort.root() + "/{}/" + act.word();
        to.page(pattern, (request, name) -> ask(request, act, sort, name))
            .action(pattern, (request, name) -> perform(request, act, sort, name));
      }
    }
  }

  private Answer ask(Request request, Act act, Act.Sort sort, String name) {
    String back = address(sort, name);
    if (!request.visitor().shown().isSomebody()) {
      return Answer.elsewhere(
          LogInDesk.ADDRESS + "?next=" + URLEncoder.encode(request.path(), StandardCharsets.UTF_8));
    }
    if (isThere(request, act, sort, name)) {
      var subject = subject(request, act, name);
      return pages.act(request, new ActPage.Question(act, sort, name, back, subject));
    }
    return sort == Act.Sort.TEST && isKnown(request, new TestId(name))
        ? pages.message(
            request,
            409,
            "Not now",
            act == Act.RUN_AGAIN
                ? "Test " + name + " has not ended; it can be run again when it has."
                : "Test " + name + " has ended already.")
        : pages.message(request, 404, "Not here", "There is no such " + sort.word() + ".");
  }

  private boolean isKnown(Request request, TestId id) {
    return isLive(VisibleFarm.of(source.farm(), request.visitor()), id)
        || tests.ended(request, id).isPresent();
  }

  private static boolean isLive(FarmSnapshot farm, TestId id) {
    return farm.running(id).isPresent() || farm.waiting(id).isPresent();
  }

  private ActPage.Subject subject(Request request, Act act, String name) {
    var id = new TestId(name);
    return switch (act) {
      case PRIORITY ->
          VisibleFarm.of(source.farm(), request.visitor())
              .waiting(id)
              .map(waiting -> String.valueOf(waiting.test().demand().priority()))
              .map(priority -> new ActPage.Subject(priority, false, List.of()))
              .orElse(ActPage.Subject.ANY);
      case RUN_AGAIN ->
          tests
              .ended(request, id)
              .map(EndedTest::test)
              .map(
                  test ->
                      new ActPage.Subject(
                          "",
                          !test.execution().packages().isEmpty(),
                          Again.obstacle(test).stream().toList()))
              .orElse(ActPage.Subject.ANY);
      case STOP, DISABLE, DRAIN, ENABLE, NOTE, TAKE, EXTEND, GIVE_BACK, FREE -> ActPage.Subject.ANY;
    };
  }

  private boolean isThere(Request request, Act act, Act.Sort sort, String name) {
    var farm = VisibleFarm.of(source.farm(), request.visitor());
    return switch (sort) {
      case PRODUCT -> farm.product(new ProductId(name)).isPresent();
      case NODE -> Site.nodeId(name).flatMap(farm::node).isPresent();
      case TEST -> {
        var id = new TestId(name);
        yield act == Act.RUN_AGAIN ? tests.ended(request, id).isPresent() : isLive(farm, id);
      }
    };
  }

  private CompletableFuture<Answer> perform(Request request, Act act, Act.Sort sort, String name) {
    var complaint = complaint(request);
    if (complaint.isPresent()) {
      return CompletableFuture.completedFuture(
          pages.message(request, 400, "This is not done", complaint.get()));
    }
    var operation =
        new Request(
            "POST",
            "/api/v1" + address(sort, name) + "/" + act.word(),
            Map.of("content-type", "application/json"),
            order(request, act).toString(),
            request.peer(),
            request.visitor());
    return router
        .answer(operation)
        .thenApply(
            done ->
                done.status() < 300
                    ? Answer.seeOther(behind(done, act, sort, name))
                    : pages.refusal(
                        request,
                        done.status(),
                        done.refusal().orElseGet(done::body),
                        said(done, "command")));
  }

  /** What is wrong with the numbers of a form. */
  private static Optional<String> complaint(Request request) {
    for (String number : List.of("priority", "timeout")) {
      if (said(request, number).filter(it -> !it.matches("-?[0-9]{1,6}")).isPresent()) {
        return Optional.of("Give a whole number as " + number + ".");
      }
    }
    return said(request, "hours")
        .filter(
            it ->
                !it.matches("[0-9]{1,4}")
                    || Integer.parseInt(it) == 0
                    || Integer.parseInt(it) > MOST_HOURS)
        .map(it -> "Give a number of hours from 1 to " + MOST_HOURS + ".");
  }

  /** What a program would send. */
  private ObjectNode order(Request request, Act act) {
    ObjectNode order = FarmJson.object();
    if (act.takesReason()) {
      order.put("reason", request.field("reason").orElse(""));
    }
    said(request, "only").ifPresent(only -> order.put("only", only));
    said(request, "id").ifPresent(id -> order.put("id", id));
    said(request, "requirement").ifPresent(it -> order.put("requiredProductsExpression", it));
    said(request, "priority").map(Long::valueOf).ifPresent(it -> order.put("priority", it));
    said(request, "timeout")
        .map(it -> Duration.ofMinutes(Long.parseLong(it)))
        .ifPresent(it -> order.put("timeout", it.toMillis()));
    said(request, "hours")
        .map(it -> clock.instant().plus(Duration.ofHours(Long.parseLong(it))))
        .ifPresent(it -> order.put("until", it.toEpochMilli()));
    return order;
  }

  /** A new test may not be there yet: the page of the farm shows it as soon as it is. */
  private static String behind(Answer done, Act act, Act.Sort sort, String name) {
    return said(done, "id")
        .filter(id -> act == Act.RUN_AGAIN)
        .map(id -> "/?q=" + URLEncoder.encode(id, StandardCharsets.UTF_8))
        .orElseGet(() -> address(sort, name));
  }

  /** A field of a form that somebody has filled in. */
  private static Optional<String> said(Request request, String field) {
    return request.field(field).map(String::strip).filter(it -> !it.isEmpty());
  }

  /** A text of an answer for programs. */
  private static Optional<String> said(Answer answer, String name) {
    try {
      return Optional.of(JSON.readTree(answer.body()).path(name).asText())
          .filter(it -> !it.isEmpty());
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static String address(Act.Sort sort, String name) {
    return switch (sort) {
      case PRODUCT -> Address.ofProduct(name);
      case NODE -> Address.ofNode(name);
      case TEST -> Address.ofTest(name);
    };
  }
}
