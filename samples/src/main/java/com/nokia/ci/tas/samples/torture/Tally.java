package com.nokia.ci.tas.samples.torture;

import com.nokia.ci.tas.samples.torture.Blow.Means;
import com.nokia.ci.tas.samples.torture.Evidence.ClientLife;
import com.nokia.ci.tas.samples.torture.Journal.Entry;
import com.nokia.ci.tas.samples.torture.Journal.Word;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts what was seen, for whoever reads the end of a torture. */
final class Tally {
  private static final int REASONS = 6;
  private static final int LONGEST_REASON = 100;

  private final Evidence evidence;

  Tally(Evidence evidence) {
    this.evidence = evidence;
  }

  /** One line for while it goes on. */
  String line() {
    return String.format(
        Locale.ROOT,
        "tests %d, finished %d, failed %d; runs %d, done %d",
        count(Word.SUBMITTED),
        count(Word.FINISHED),
        count(Word.FAILED),
        runs(),
        notes(RunNote.Word.END));
  }

  /** How often a program was killed. */
  static int kills(List<Victim> victims) {
    return sum(victims, Means.KILL);
  }

  /** What was done to whom. */
  static String blows(List<Victim> victims) {
    var table = new StringBuilder();
    table.append(String.format("%-16s %6s %9s %7s%n", "program", "kills", "restarts", "stalls"));
    for (Victim victim : victims) {
      table.append(
          String.format(
              "%-16s %6d %9d %7d%n",
              victim.name(),
              victim.count(Means.KILL),
              victim.count(Means.RESTART),
              victim.count(Means.STALL)));
    }
    table.append(
        String.format(
            "%-16s %6d %9d %7d%n",
            "together",
            sum(victims, Means.KILL),
            sum(victims, Means.RESTART),
            sum(victims, Means.STALL)));
    return table.toString();
  }

  private static int sum(List<Victim> victims, Means means) {
    return victims.stream().mapToInt(it -> it.count(means)).sum();
  }

  /** What came of the tests. */
  String tests() {
    long orphans =
        evidence.clients().stream().filter(ClientLife::wasKilled).mapToLong(Tally::open).sum();
    var text = new StringBuilder();
    text.append(
        String.format(
            "tests            %d: finished %d, failed %d, their client was killed %d%n",
            count(Word.SUBMITTED), count(Word.FINISHED), count(Word.FAILED), orphans));
    text.append(
        String.format(
            "runs             %d: did all their work %d, run again %d%n",
            runs(), notes(RunNote.Word.END), runs() - runTests()));
    text.append(String.format("lines missing    %d places%n", count(Word.GAP)));
    reasons()
        .forEach(
            (reason, number) -> text.append(String.format("%6d failed     %s%n", number, reason)));
    return text.toString();
  }

  /** The most frequent reasons of failures. */
  private Map<String, Long> reasons() {
    Map<String, Long> all =
        entries()
            .filter(it -> it.word() == Word.FAILED)
            .collect(
                Collectors.groupingBy(
                    it -> general(it.detail()), TreeMap::new, Collectors.counting()));
    return all.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(REASONS)
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, LinkedHashMap::new));
  }

  /** A reason without the numbers and names of the case. */
  private static String general(String reason) {
    String text = reason.replaceAll("client-[0-9._]+", "…").replaceAll("[0-9]{3,}", "…");
    return text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) + "…" : text;
  }

  private static long open(ClientLife client) {
    Set<String> open = new HashSet<>();
    client.entries().stream()
        .sorted(Comparator.comparing((Entry it) -> it.word().isEnd()))
        .forEach(
            it -> {
              if (it.word() == Word.SUBMITTED) {
                open.add(it.test());
              } else if (it.word().isEnd()) {
                open.remove(it.test());
              }
            });
    return open.size();
  }

  private Stream<Entry> entries() {
    return evidence.clients().stream().flatMap(it -> it.entries().stream());
  }

  private long count(Word word) {
    return entries().filter(it -> it.word() == word).count();
  }

  private long runs() {
    return notes(RunNote.Word.BEGIN);
  }

  private long runTests() {
    return evidence.notes().stream()
        .filter(it -> it.word() == RunNote.Word.BEGIN)
        .map(RunNote::test)
        .distinct()
        .count();
  }

  private long notes(RunNote.Word word) {
    return evidence.notes().stream().filter(it -> it.word() == word).count();
  }
}
