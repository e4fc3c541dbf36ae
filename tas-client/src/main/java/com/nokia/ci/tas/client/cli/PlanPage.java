package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.client.publish.Announcement;
import com.nokia.ci.tas.client.publish.HtmlPublisher;
import com.nokia.ci.tas.client.publish.Report;
import com.nokia.ci.tas.client.publish.Wish;
import com.nokia.ci.tas.client.verdict.TestedRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The page of a plan while it runs: whoever opens it sees what is known so far, always whole. For
 * any thread. A page that cannot be written is said once and costs nothing else.
 */
final class PlanPage {
  private final Optional<Path> file;
  private final Announcement announcement;
  private final Voice voice;
  private final List<TestedRun> runs = new ArrayList<>();
  private boolean isBroken;

  /**
   * A page that is not there yet.
   *
   * @param file empty: none is wanted
   */
  PlanPage(Optional<Path> file, Announcement announcement, Voice voice) {
    this.file = file;
    this.announcement = announcement;
    this.voice = voice;
  }

  /** Writes it with the tests that are to come. */
  synchronized void begin() {
    file.ifPresent(it -> voice.note("", "the page of the plan is " + it));
    write();
  }

  /** Writes it with one test more. */
  synchronized void add(TestedRun run) {
    runs.add(run);
    write();
  }

  private void write() {
    if (file.isEmpty() || isBroken) {
      return;
    }
    String target = file.get().toString();
    var wish = new Wish("html", target, Map.of(), Wish.When.ALWAYS);
    try {
      var unused = new HtmlPublisher().publish(report(), wish);
    } catch (IOException e) {
      isBroken = true;
      voice.note("", "the page " + target + " cannot be written: " + e);
    }
  }

  private Report report() {
    int all = announcement.tests().size();
    String soFar =
        announcement.series() + ", " + runs.size() + " of " + all + " planned tests are over";
    var named =
        new Announcement(announcement.project(), soFar, announcement.tests(), announcement.begun());
    return new Report(named, runs, Optional.empty(), List.of());
  }
}
