package com.nokia.ci.tas.client.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.nokia.ci.tas.client.log.Level;
import com.nokia.ci.tas.client.log.LogLine;
import com.nokia.ci.tas.client.log.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/**
 * The log of a test's run as its service tells it: what was asked for, its runs with their nodes,
 * what the executor printed, its end. Output has no times of its own, so that it stands behind the
 * start of its run; of several runs the last one's is kept.
 */
final class ToldLog {
  private final ServicePages pages;
  private final String id;
  private final Set<String> told = new HashSet<>();
  private final Map<String, Long> read = new HashMap<>();
  private final List<Placed> fresh = new ArrayList<>();
  private String state = "";

  ToldLog(ServicePages pages, String id) {
    this.pages = pages;
    this.id = id;
  }

  /** A line and its place among the others. */
  private record Placed(Instant place, LogLine line) {}

  /** Whether the test has ended, and all of it is told. */
  boolean isOver() {
    return state.equals("ended");
  }

  /** Whether its executor may print something. */
  boolean isRunning() {
    return state.equals("running");
  }

  /**
   * What was not told yet, in its order.
   *
   * @throws CommandRefusal when there is no such test
   * @throws com.nokia.ci.tas.commons.model.ConnectionLostException when the service does not answer
   */
  List<LogLine> next() {
    JsonNode test = pages.test(id);
    state = test.path("state").asText();
    begin(test);
    JsonNode attempts = pages.attempts(id).path("attempts");
    var lastOfParts = new LinkedHashMap<String, JsonNode>();
    attempts.forEach(attempt -> lastOfParts.put(attempt.path("subId").asText(), attempt));
    for (JsonNode attempt : attempts) {
      run(attempt, attempt.equals(lastOfParts.get(attempt.path("subId").asText())));
    }
    lastOfParts.forEach(this::output);
    if (isOver()) {
      end(test);
    }
    var lines =
        fresh.stream().sorted(Comparator.comparing(Placed::place)).map(Placed::line).toList();
    fresh.clear();
    return lines;
  }

  private void begin(JsonNode test) {
    var received = time(test, "received");
    var asked = new StringJoiner(", ");
    asked.add("asked for test " + id);
    add(asked, "on ", test.path("requiredProductsExpression"));
    add(asked, "executor ", test.path("executorApplication"));
    add(asked, "script ", test.path("executorScript"));
    var artifacts = new StringJoiner(" ");
    test.path("artifacts").forEach(it -> artifacts.add(it.asText()));
    if (artifacts.length() > 0) {
      asked.add("artifacts " + artifacts);
    }
    add(asked, "results ", test.path("resultsFilename"));
    asked.add("timeout " + test.path("timeout").asText() + " ms");
    tell("asked", received, Level.INFO, Part.CLIENT, asked.toString());
    var who = new StringJoiner(", ");
    add(who, "client ", test.path("client"));
    add(who, "owner ", test.path("owner"));
    add(who, "project ", test.path("project"));
    add(who, "workspace ", test.path("workspacePath"));
    tell("who", received, Level.DEBUG, Part.CLIENT, who.toString());
    if (state.equals("waiting")) {
      String why = test.path("waitingFor").asText(test.path("statusDetails").asText());
      tell("waits " + why, Optional.of(Instant.now()), Level.INFO, Part.SERVICE, "waits: " + why);
    }
  }

  private void run(JsonNode attempt, boolean isLast) {
    String name = "attempt " + attempt.path("attempt").asText();
    String part = attempt.path("subId").asText();
    String what = part.isEmpty() ? name : "sub-test " + part + ", " + name;
    var products = new StringJoiner(", ");
    attempt.path("products").forEach(it -> products.add(it.asText()));
    tell(
        what + " reserved",
        time(attempt, "reserved"),
        Level.INFO,
        Part.SERVICE,
        what
            + (products.length() == 0 ? " goes to node " : ": products " + products + " of node ")
            + attempt.path("node").asText());
    time(attempt, "started")
        .ifPresent(
            at ->
                tell(
                    what + " started",
                    Optional.of(at),
                    Level.INFO,
                    Part.NODE,
                    what + ": all files are there, the executor runs"));
    time(attempt, "ended").ifPresent(at -> ended(what, at, attempt, isLast));
  }

  /** What another run has made good was a warning. */
  private void ended(String what, Instant at, JsonNode attempt, boolean isLast) {
    String end = attempt.path("end").asText();
    boolean isGood = end.equals("finished");
    Level level = isGood ? Level.INFO : isLast ? Level.ERROR : Level.WARNING;
    tell(
        what + " ended",
        Optional.of(at),
        level,
        Part.NODE,
        what + " has ended: " + end + sentence(attempt.path("reason")));
    whose(what, at, attempt.path("reason"));
  }

  private void end(JsonNode test) {
    String verdict = test.path("verdict").asText();
    var at = time(test, "ended");
    tell(
        "ended",
        at,
        verdict.equals("finished") ? Level.INFO : Level.ERROR,
        Part.SERVICE,
        "the test has ended: " + verdict + sentence(test.path("reason")));
    whose("test", at.orElse(Instant.MAX), test.path("reason"));
  }

  private void whose(String what, Instant at, JsonNode reason) {
    if (reason.has("code")) {
      tell(
          what + " whose",
          Optional.of(at),
          Level.DEBUG,
          Part.SERVICE,
          "fault of: " + reason.path("fault").asText() + ", code: " + reason.path("code").asText());
    }
  }

  private static String sentence(JsonNode reason) {
    String sentence = reason.path("sentence").asText();
    return sentence.isEmpty() ? "" : ": " + sentence;
  }

  private void output(String part, JsonNode attempt) {
    var started = time(attempt, "started");
    if (started.isEmpty()) {
      return;
    }
    String run = part + " " + attempt.path("attempt").asText();
    long from = read.getOrDefault(run, 0L);
    while (true) {
      JsonNode answer = pages.log(id, part, from);
      if (answer.has("detail")) {
        tell(
            run + " no output",
            started,
            Level.WARNING,
            Part.NODE,
            "the output is not to be had: " + answer.path("detail").asText());
        return;
      }
      for (JsonNode line : answer.path("lines")) {
        var level = Level.of(line.path("level").asText()).orElse(Level.INFO);
        String text = (part.isEmpty() ? "" : part + ": ") + line.path("text").asText();
        fresh.add(
            new Placed(started.get(), new LogLine(Optional.empty(), level, Part.EXECUTOR, text)));
      }
      long next = answer.path("next").asLong(from);
      read.put(run, next);
      if (next <= from || answer.path("ended").asBoolean()) {
        return;
      }
      from = next;
    }
  }

  private void tell(String key, Optional<Instant> at, Level level, Part part, String text) {
    if (!text.isEmpty() && told.add(key)) {
      fresh.add(new Placed(at.orElse(Instant.EPOCH), new LogLine(at, level, part, text)));
    }
  }

  private static void add(StringJoiner all, String what, JsonNode value) {
    if (!value.asText().isBlank()) {
      all.add(what + value.asText().strip());
    }
  }

  private static Optional<Instant> time(JsonNode node, String member) {
    return node.has(member)
        ? Optional.of(Instant.ofEpochMilli(node.path(member).asLong()))
        : Optional.empty();
  }
}
