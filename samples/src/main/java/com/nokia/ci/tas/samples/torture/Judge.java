package com.nokia.ci.tas.samples.torture;

import com.nokia.ci.tas.samples.torture.Evidence.ClientLife;
import com.nokia.ci.tas.samples.torture.Journal.Entry;
import com.nokia.ci.tas.samples.torture.Journal.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says which promises of the farm the evidence shows to be broken. */
final class Judge {
  /** Clients have all their files. */
  private static final String ABORTED = "the client aborted the artifact";

  private static final String STOPPED = "stopped by its issuer";

  private final Evidence evidence;
  private final int mostRuns;
  private final List<String> violations = new ArrayList<>();

  /**
   * A judge of one farm.
   *
   * @param mostRuns how often a test may be run at the most
   */
  Judge(Evidence evidence, int mostRuns) {
    this.evidence = evidence;
    this.mostRuns = mostRuns;
  }

  /** A sentence for each broken promise. */
  List<String> violations() {
    violations.clear();
    evidence.notes().forEach(this::judge);
    Set<String> done = doneRuns();
    evidence.clients().forEach(client -> judge(client, done));
    judgeNumberOfRuns();
    violations.addAll(evidence.afterwards());
    return List.copyOf(violations);
  }

  private void judge(RunNote note) {
    switch (note.word()) {
      case DOUBLE ->
          add(
              "a product was used twice: by %s (pid %d), and %s"
                  .formatted(note.test(), note.pid(), note.detail()));
      case CORRUPT ->
          add(
              "%s did not get the artifact that its client sent: %s"
                  .formatted(note.test(), note.detail()));
      case BEGIN, END -> {}
    }
  }

  private void judgeNumberOfRuns() {
    var runs = new LinkedHashMap<String, Integer>();
    for (RunNote note : evidence.notes()) {
      if (note.word() == RunNote.Word.BEGIN) {
        runs.merge(note.test(), 1, Integer::sum);
      }
    }
    runs.forEach(
        (test, count) -> {
          if (count > mostRuns) {
            add("%s was run %d times, which is more than %d".formatted(test, count, mostRuns));
          }
        });
  }

  private void judge(ClientLife client, Set<String> done) {
    Map<String, Integer> ends = new HashMap<>();
    Set<String> stopping = new HashSet<>();
    for (Entry entry : client.entries()) {
      if (entry.word().isEnd()) {
        ends.merge(entry.test(), 1, Integer::sum);
      }
      if (entry.word() == Word.STOPPING) {
        stopping.add(entry.test());
      }
      if (entry.word() == Word.FINISHED && !done.containsAll(results(entry))) {
        add(
            "%s finished, and its results (\"%s\") are not those of a run that did its work"
                .formatted(entry.test(), entry.detail()));
      }
      boolean isOurs =
          entry.detail().startsWith(ABORTED)
              || (entry.detail().startsWith(STOPPED) && !stopping.contains(entry.test()));
      if (entry.word() == Word.FAILED && isOurs) {
        add("%s failed for what its client did not do: %s".formatted(entry.test(), entry.detail()));
      }
      if (entry.word() == Word.REPEATED) {
        add("%s showed the line \"%s\" twice".formatted(entry.test(), entry.detail()));
      }
    }
    for (Entry entry : client.entries()) {
      int count = ends.getOrDefault(entry.test(), 0);
      if (entry.word() == Word.SUBMITTED && count > 1) {
        add("%s ended %d times".formatted(entry.test(), count));
      }
      if (entry.word() == Word.SUBMITTED && count == 0 && !client.wasKilled()) {
        add("%s was lost: its client lives and was told of no end".formatted(entry.test()));
      }
    }
  }

  private static List<String> results(Entry finished) {
    return List.of(finished.detail().split("\\|"));
  }

  /** What the results of runs that did their work look like: the test and the pid. */
  private Set<String> doneRuns() {
    var done = new HashSet<String>();
    for (RunNote note : evidence.notes()) {
      if (note.word() == RunNote.Word.END) {
        done.add(note.test() + " " + note.pid());
      }
    }
    return done;
  }

  private void add(String violation) {
    violations.add(violation);
  }
}
