package com.nokia.ci.tas.service.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.service.figures.Figures;
import com.nokia.ci.tas.service.figures.Figures.Ended;
import com.nokia.ci.tas.service.figures.Spread;
import com.nokia.ci.tas.service.http.api.Operation;
import com.nokia.ci.tas.service.json.FarmJson;
import com.nokia.ci.tas.service.json.OpenText;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the page of statistics shows, for programs: whole as JSON, or one of its tables as CSV. */
final class StatisticsDesk {
  private final Pages pages;

  StatisticsDesk(Pages pages) {
    this.pages = pages;
  }

  /** A table of the figures; by its word somebody asks for it. */
  private enum Table {
    DAY,
    HOUR,
    CAUSE,
    WANTED,
    ISSUER,
    PROJECT;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Table> of(String word) {
      return Stream.of(values()).filter(it -> it.word().equals(word)).findFirst();
    }
  }

  void addTo(Router router) {
    router
        .latePage(Operation.STATISTICS.pattern(), (request, any) -> counted(request, this::asJson))
        .latePage(
            Operation.STATISTICS_TABLE.pattern(), (request, any) -> counted(request, this::asCsv));
  }

  private CompletableFuture<Answer> counted(
      Request request, BiFunction<Figures, Optional<Table>, Answer> told) {
    if (!request.visitor().who().rights().allow(AccessRole.VIEW)) {
      return now(
          403, "Statistics are about everybody's tests; this takes the role view on the farm.");
    }
    var by = request.query("by").filter(it -> !it.isEmpty());
    var table = by.flatMap(Table::of);
    if (by.isPresent() && table.isEmpty()) {
      return now(
          400,
          "\"by\" has to be one of "
              + Stream.of(Table.values()).map(Table::word).collect(Collectors.joining(", "))
              + ".");
    }
    Figures.Period period;
    try {
      period = period(request, pages.usualPeriod());
    } catch (DateTimeException | IllegalArgumentException e) {
      return now(
          400,
          "Say from and to as days, such as from=2026-11-01&to=2026-11-30, at most "
              + Figures.Period.MOST_DAYS
              + " days, the first not after the last.");
    }
    return pages
        .figures(period)
        .thenApply(figures -> told.apply(figures, table))
        .exceptionally(StatisticsDesk::busy);
  }

  /** What is not said is that of the page, as long as the two fit. */
  private static Figures.Period period(Request request, Figures.Period usual) {
    var from = request.query("from").map(LocalDate::parse);
    var to = request.query("to").map(LocalDate::parse);
    LocalDate last = to.orElse(usual.last());
    return new Figures.Period(from.orElse(last.minusDays(usual.days() - 1L)), last);
  }

  private static Answer busy(Throwable failure) {
    boolean isBusy =
        failure instanceof RejectedExecutionException
            || failure.getCause() instanceof RejectedExecutionException;
    if (!isBusy) {
      throw new CompletionException(failure);
    }
    return Answer.problem(503, "Too many ask for statistics now; try again in a moment.");
  }

  private static CompletableFuture<Answer> now(int status, String sentence) {
    return CompletableFuture.completedFuture(Answer.problem(status, sentence));
  }

  // ---- JSON

  private Answer asJson(Figures figures, Optional<Table> by) {
    ObjectNode json =
        FarmJson.object()
            .put("from", figures.period().first().toString())
            .put("to", figures.period().last().toString());
    if (by.isEmpty()) {
      json.put("running", figures.running());
      json.set("use", use(figures.use()));
      ObjectNode times = json.putObject("times");
      times.set("waiting", times(figures.spreads().waiting()));
      times.set("preparing", times(figures.spreads().preparing()));
      times.set("running", times(figures.spreads().running()));
    }
    for (var table : by.map(List::of).orElse(List.of(Table.values()))) {
      json.set(name(table), table(figures, table));
    }
    return Site.json(json);
  }

  private static String name(Table table) {
    return switch (table) {
      case DAY -> "days";
      case HOUR -> "hours";
      case CAUSE -> "causes";
      case WANTED -> "wanted";
      case ISSUER -> "issuers";
      case PROJECT -> "projects";
    };
  }

  private static ObjectNode use(Figures.Utilization use) {
    ObjectNode json = FarmJson.object().put("capacity", use.capacity());
    numbers(json.putArray("lastDay"), use.last(), use.drawn());
    numbers(json.putArray("least"), use.least(), Integer.MAX_VALUE);
    numbers(json.putArray("most"), use.most(), Integer.MAX_VALUE);
    return json;
  }

  /** To a hundredth of a product. */
  private static void numbers(ArrayNode array, List<Double> numbers, int most) {
    numbers.stream().limit(most).forEach(it -> array.add(Math.round(it * 100) / 100.0));
  }

  private static ObjectNode times(Spread spread) {
    return FarmJson.object()
        .put("count", spread.count())
        .put("median", spread.percentile(50).toMillis())
        .put("p95", spread.percentile(95).toMillis())
        .put("p99", spread.percentile(99).toMillis())
        .put("longest", spread.longest().toMillis())
        .put("sum", spread.sum().toMillis());
  }

  // ---- tables

  private static ArrayNode table(Figures figures, Table table) {
    ArrayNode rows = FarmJson.object().arrayNode();
    rows(figures, table).forEach(rows::add);
    return rows;
  }

  private static List<ObjectNode> rows(Figures figures, Table table) {
    return switch (table) {
      case DAY ->
          figures.days().stream()
              .map(it -> ended(row("day", it.day().toString()), it.ended()))
              .toList();
      case HOUR ->
          IntStream.range(0, figures.hours().size())
              .mapToObj(
                  hour -> ended(FarmJson.object().put("hour", hour), figures.hours().get(hour)))
              .toList();
      case CAUSE ->
          figures.causes().stream()
              .map(it -> row("fault", it.fault()).put("code", it.code()).put("count", it.count()))
              .toList();
      case WANTED ->
          figures.wanted().stream()
              .map(
                  it ->
                      row("requiredProductsExpression", OpenText.ofExpression(it.expression()))
                          .put("tests", it.tests())
                          .put("waited", it.waited().toMillis())
                          .put("median", it.median().toMillis())
                          .put("p95", it.most().toMillis()))
              .toList();
      case ISSUER -> users(figures.issuers());
      case PROJECT -> users(figures.projects());
    };
  }

  private static List<ObjectNode> users(List<Figures.User> users) {
    return users.stream()
        .map(
            it ->
                row("name", it.name())
                    .put("tests", it.tests())
                    .put("passed", it.passed())
                    .put("used", it.used().toMillis()))
        .toList();
  }

  private static ObjectNode row(String name, String value) {
    return FarmJson.object().put(name, value);
  }

  private static ObjectNode ended(ObjectNode row, Ended ended) {
    return row.put("passed", ended.passed())
        .put("failed", ended.failed())
        .put("other", ended.other());
  }

  private Answer asCsv(Figures figures, Optional<Table> by) {
    var table = by.orElse(Table.DAY);
    var lines = new ArrayList<String>();
    for (var row : rows(figures, table)) {
      if (lines.isEmpty()) {
        var names = new ArrayList<String>();
        row.fieldNames().forEachRemaining(names::add);
        lines.add(String.join(",", names));
      }
      var cells = new ArrayList<String>();
      row.forEach(value -> cells.add(HistoryExport.cell(value.asText())));
      lines.add(String.join(",", cells));
    }
    return Answer.of(
            "text/csv; charset=utf-8; header=present",
            lines.stream().map(line -> line + "\r\n").collect(Collectors.joining()))
        .with(
            "content-disposition",
            "attachment; filename=\"statistics-by-" + table.word() + ".csv\"");
  }
}
