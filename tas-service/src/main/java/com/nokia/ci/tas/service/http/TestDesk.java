package com.nokia.ci.tas.service.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.commons.model.ProjectId;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.commons.model.UserId;
import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.farm.FarmSnapshot;
import com.nokia.ci.tas.service.farm.FarmSnapshot.RunningTest;
import com.nokia.ci.tas.service.farm.FarmSnapshot.WaitingTest;
import com.nokia.ci.tas.service.http.api.Cursor;
import com.nokia.ci.tas.service.http.api.Cursor.Part;
import com.nokia.ci.tas.service.http.api.Operation;
import com.nokia.ci.tas.service.http.api.TestQuery;
import com.nokia.ci.tas.service.json.FarmJson;
import com.nokia.ci.tas.service.json.WhyJson;
import com.nokia.ci.tas.service.store.History;
import com.nokia.ci.tas.service.store.Search;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tests as programs see them: those that have not ended from the snapshot of the moment, those that
 * have from history, as far as a visitor may see them.
 */
final class TestDesk {
  static final String NO_SUCH_TEST =
      "There is no such test, or it ended longer ago than history-retention.";

  /** How much of the queue is looked at for one page of a list with filters. */
  private static final int LOOKED_AT = 5_000;

  private static final int PORTION = 500;

  private final FarmSource source;

  TestDesk(FarmSource source) {
    this.source = source;
  }

  void addTo(Router router) {
    router
        .serve(Operation.TESTS, (request, any) -> tests(request))
        .serve(Operation.TEST, this::test)
        .serve(Operation.WHY, this::why)
        .serve(Operation.ATTEMPTS, this::attempts)
        .serve(Operation.HISTORY_LINES, (request, any) -> export(request, HistoryExport.LINES))
        .serve(Operation.HISTORY_TABLE, (request, any) -> export(request, HistoryExport.TABLE));
  }

  private Answer export(Request request, HistoryExport.Form form) {
    var query = TestQuery.of(request::query);
    if (query.problem().isPresent()) {
      return Answer.problem(400, query.problem().get());
    }
    var body = new HistoryExport(source.history(), scoped(query.search(), request), form);
    return Answer.of(form.type(), "")
        .with("content-disposition", "attachment; filename=\"" + form.filename() + "\"")
        .made(body);
  }

  private Answer test(Request request, String name) {
    var farm = VisibleFarm.of(source.farm(), request.visitor());
    var id = new TestId(name);
    var subTests = farm.subTests(id);
    return FarmJson.first(farm.running(id), farm.waiting(id), farm.ended(id))
        .or(() -> past(request, id))
        .map(test -> subTests.isEmpty() ? test : test.set("subTests", FarmJson.subTests(subTests)))
        .map(Site::json)
        .orElseGet(() -> Answer.problem(404, NO_SUCH_TEST));
  }

  /** The last test of an id that has ended, as far as a visitor may see it. */
  Optional<EndedTest> ended(Request request, TestId id) {
    return VisibleFarm.of(source.farm(), request.visitor())
        .ended(id)
        .or(() -> entry(request, id).map(History.Entry::test));
  }

  /** Whether history knows an id, whoever may see it. */
  boolean isPast(TestId id) {
    return !source.history().find(latest(id)).isEmpty();
  }

  private static Search latest(TestId id) {
    return Search.LATEST.with(Search.Aspect.ID, id.value()).atMost(1);
  }

  private Optional<History.Entry> entry(Request request, TestId id) {
    return source.history().find(scoped(latest(id), request)).stream().findFirst();
  }

  private Answer attempts(Request request, String name) {
    var farm = VisibleFarm.of(source.farm(), request.visitor());
    var id = new TestId(name);
    boolean isThere =
        farm.running(id).isPresent() || farm.waiting(id).isPresent() || farm.ended(id).isPresent();
    var attempts =
        isThere
            ? Optional.of(farm.attempts(id))
            : entry(request, id).map(it -> it.test().allRuns());
    return attempts
        .map(list -> Site.json(FarmJson.object().set("attempts", FarmJson.attempts(list))))
        .orElseGet(() -> Answer.problem(404, NO_SUCH_TEST));
  }

  private Optional<ObjectNode> past(Request request, TestId id) {
    return entry(request, id)
        .map(
            entry ->
                entry.test().parts().isEmpty()
                    ? json(entry)
                    : json(entry)
                        .<ObjectNode>set(
                            "subTests",
                            FarmJson.subTests(
                                entry.test().parts().stream()
                                    .map(FarmSnapshot.SubTest::of)
                                    .toList())));
  }

  private Answer why(Request request, String name) {
    var farm = VisibleFarm.of(source.farm(), request.visitor());
    var id = new TestId(name);
    var why = farm.why(id);
    if (!why.isEmpty()) {
      return Site.json(WhyJson.of(why));
    }
    var known =
        FarmJson.first(farm.running(id), Optional.empty(), farm.ended(id))
            .or(() -> past(request, id));
    return Answer.problem(
        known.isPresent() ? 409 : 404,
        known
            .map(test -> "The test does not wait: it is " + test.path("state").asText() + ".")
            .orElse(NO_SUCH_TEST));
  }

  private Answer tests(Request request) {
    var query = TestQuery.of(request::query);
    if (query.problem().isPresent()) {
      return Answer.problem(400, query.problem().get());
    }
    var farm = VisibleFarm.of(source.farm(), request.visitor());
    return Site.json(new Listing(query, farm).json(scoped(query.search(), request)));
  }

  /** What a visitor may see of history. */
  private static Search scoped(Search search, Request request) {
    var who = request.visitor().who();
    boolean maySeeAll = who.rights().allow(AccessRole.VIEW) && who.rights().projects().isEmpty();
    if (maySeeAll) {
      return search;
    }
    return search.within(
        new Search.Scope(
            who.rights().projects().entrySet().stream()
                .filter(it -> it.getValue().includes(AccessRole.VIEW))
                .map(it -> it.getKey())
                .map(ProjectId::value)
                .collect(Collectors.toSet()),
            who.user().map(UserId::value)));
  }

  static ObjectNode json(History.Entry entry) {
    return FarmJson.test(entry.test()).put("number", entry.number());
  }

  /** One page of the list. */
  private final class Listing {
    private final TestQuery query;
    private final FarmSnapshot farm;
    private final ObjectNode json = FarmJson.object();
    private final ArrayNode tests;
    private final int limit;
    private Optional<Cursor> next = Optional.empty();

    Listing(TestQuery query, FarmSnapshot farm) {
      this.query = query;
      this.farm = farm;
      json.put("waitingCount", farm.waitingCount());
      tests = json.putArray("tests");
      limit = query.search().limit();
    }

    ObjectNode json(Search search) {
      var from = query.cursor().map(Cursor::part).orElse(Part.RUNNING);
      if (query.isOfLive() && from == Part.RUNNING) {
        running();
      }
      if (query.isOfLive() && query.states().contains("waiting") && from != Part.ENDED) {
        waiting();
      }
      if (query.states().contains("ended") && next.isEmpty()) {
        ended(search);
      }
      next.ifPresent(cursor -> json.put("next", cursor.word()));
      return json;
    }

    /** The last reserved first. */
    private void running() {
      var newestFirst =
          farm.running().stream()
              .filter(test -> query.states().contains(FarmJson.state(test)))
              .filter(
                  test ->
                      query.suits(
                          test.test(),
                          test.client().toString(),
                          Optional.of(test.node().toString()),
                          test.received()))
              .sorted(
                  Comparator.comparing(RunningTest::reserved)
                      .reversed()
                      .thenComparing(test -> test.test().id()))
              .toList();
      long after =
          query.cursor().filter(it -> it.part() == Part.RUNNING).map(Cursor::number).orElse(-1L);
      String id = query.cursor().map(Cursor::id).orElse("");
      for (var test : newestFirst) {
        long reserved = test.reserved().toEpochMilli();
        String own = test.test().id().text();
        boolean isShown =
            after < 0 || reserved < after || (reserved == after && own.compareTo(id) > 0);
        if (isShown && isFull()) {
          return;
        }
        if (isShown) {
          tests.add(FarmJson.test(test));
          next = Optional.of(new Cursor(Part.RUNNING, reserved, own));
        }
      }
      next = Optional.empty();
    }

    /** In the order of the queue; one goes on behind the test that was listed last. */
    private void waiting() {
      if (next.isPresent()) {
        return;
      }
      int from = query.cursor().filter(it -> it.part() == Part.WAITING).map(this::behind).orElse(0);
      int step = Math.min(PORTION, limit + 1);
      int end = (int) Math.min(farm.waitingCount(), (long) from + LOOKED_AT);
      var last = new Cursor(Part.WAITING, from, "");
      while (from < end) {
        for (var test : farm.waiting(from, step)) {
          if (isFull()) {
            next = Optional.of(last);
            return;
          }
          if (suits(test)) {
            tests.add(FarmJson.test(test));
          }
          last = new Cursor(Part.WAITING, test.place(), anchor(test));
        }
        from += step;
      }
      next = from < farm.waitingCount() ? Optional.of(last) : Optional.empty();
    }

    /** The parts of a divided test cannot be told apart by its id. */
    private static String anchor(WaitingTest test) {
      var id = test.test().id();
      return id.subId().isEmpty() ? id.test().value() : "";
    }

    private int behind(Cursor cursor) {
      int place = (int) Math.max(0, Math.min(Integer.MAX_VALUE, cursor.number()));
      if (cursor.id().isEmpty()) {
        return place;
      }
      return farm.waiting(new TestId(cursor.id()))
          .map(WaitingTest::place)
          .filter(it -> it > 0)
          .orElse(Math.max(0, place - 1));
    }

    private boolean suits(WaitingTest test) {
      return query.suits(test.test(), test.client().toString(), Optional.empty(), test.received());
    }

    private boolean isFull() {
      return tests.size() >= limit;
    }

    private void ended(Search search) {
      long below =
          query
              .cursor()
              .filter(it -> it.part() == Part.ENDED)
              .map(Cursor::number)
              .orElse(Long.MAX_VALUE);
      int room = limit - tests.size();
      var found = source.history().find(search.below(below).atMost(room + 1));
      for (int i = 0; i < Math.min(room, found.size()); i++) {
        tests.add(TestDesk.json(found.get(i)));
        below = found.get(i).number();
      }
      if (found.size() > room) {
        next = Optional.of(new Cursor(Part.ENDED, below, ""));
      }
    }
  }
}
