package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.service.farm.EndedTest.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Says in one sentence what the sub-tests of a test do, or how they ended. */
final class Summary {
  /** Of the sub-tests that are in the same state, so many are named. */
  private static final int NAMED = 10;

  private Summary() {}

  /** Of a test that has not ended. */
  static String progress(Books books, WholeTest whole) {
    if (whole.stage() instanceof WholeTest.Awaited) {
      return "its packages are being divided by the distribution "
          + Words.quoted(whole.order().description().demand().distribution());
    }
    var running = new ArrayList<RuntimeId>();
    var waiting = new ArrayList<LiveTest>();
    for (var part : books.parts(whole)) {
      if (part.node().isPresent()) {
        running.add(part.runtimeId());
      } else {
        waiting.add(part);
      }
    }
    var said = new ArrayList<String>();
    add(said, finished(whole), "finished");
    add(said, running, running.size() == 1 ? "is on a node" : "are on nodes");
    add(
        said,
        waiting.stream().map(LiveTest::runtimeId).toList(),
        waiting.size() == 1 ? "waits" : "wait");
    String sentence = "of " + whole.parts().size() + " sub-tests " + String.join(", ", said);
    return waiting.isEmpty() ? sentence : sentence + "; " + Why.waits(books, waiting.get(0));
  }

  /** Of a test that has ended. */
  static String ended(List<EndedTest.Part> parts) {
    var said = new ArrayList<String>();
    add(said, with(parts, Verdict.FINISHED), "finished");
    add(said, with(parts, Verdict.FAILED), "failed");
    var stopped = with(parts, Verdict.STOPPED);
    add(said, stopped, stopped.size() == 1 ? "was stopped" : "were stopped");
    return "of " + parts.size() + " sub-tests " + String.join(", ", said);
  }

  /** The status of a test that has ended, with how its sub-tests did. */
  static TestDescription added(TestDescription status, List<EndedTest.Part> parts) {
    String details = status.progress().details();
    return status.with(
        status.progress().status(),
        details.isEmpty() ? ended(parts) : details + "; " + ended(parts));
  }

  private static List<RuntimeId> with(List<EndedTest.Part> parts, Verdict verdict) {
    return parts.stream()
        .filter(part -> part.verdict() == verdict)
        .map(EndedTest.Part::id)
        .toList();
  }

  private static List<RuntimeId> finished(WholeTest whole) {
    return whole.finished().stream().map(it -> it.part().id()).toList();
  }

  private static void add(List<String> said, List<RuntimeId> parts, String what) {
    if (!parts.isEmpty()) {
      said.add(names(parts) + " " + what);
    }
  }

  private static String names(List<RuntimeId> parts) {
    var named = new ArrayList<String>();
    parts.stream().limit(NAMED).map(RuntimeId::subId).forEach(named::add);
    if (parts.size() > NAMED) {
      named.add((parts.size() - NAMED) + " more");
    }
    int last = named.size() - 1;
    return last == 0
        ? named.get(0)
        : String.join(", ", named.subList(0, last)) + " and " + named.get(last);
  }
}
