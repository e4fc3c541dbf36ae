package com.nokia.ci.tas.client.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.nokia.ci.tas.commons.model.ConnectionLostException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Shows a list again whenever the service tells that something of it has changed, until the process
 * ends or the service is gone. However fast a farm is, it is read five times a second at most.
 */
final class WatchedList {
  private static final long SHORTEST_PAUSE_IN_MILLIS = 200;

  /** What no event tells of, as how long something takes, is looked at as often. */
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /** To the beginning of the screen, and nothing on it. */
  private static final String CLEAR = "\u001b[H\u001b[2J";

  private final PrintWriter out;
  private final PrintWriter err;
  private final Screen screen;

  WatchedList(PrintWriter out, PrintWriter err, Screen screen) {
    this.out = out;
    this.err = err;
    this.screen = screen;
  }

  /** Where it is shown. */
  enum Screen {
    /** An object a line. */
    PROGRAM,
    /** One list behind the other, each with the time. */
    LOG,
    /** In the place of the list before. */
    TERMINAL
  }

  /**
   * Shows it until the process ends.
   *
   * @throws CommandRefusal when the service tells nothing more
   */
  void show(
      ServiceOption service, Supplier<JsonNode> asking, TextTable.Columns table, String topics) {
    String shown = "";
    var changes = new Changes();
    var events = service.events("topic=" + topics, changes);
    try {
      while (true) {
        changes.await(LONGEST_PAUSE);
        shown = shown(shown, asking, table);
        TimeUnit.MILLISECONDS.sleep(SHORTEST_PAUSE_IN_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      events.close();
    }
  }

  /** What is on the screen now. */
  private String shown(String before, Supplier<JsonNode> asking, TextTable.Columns table) {
    try {
      JsonNode answer = asking.get();
      String now = screen == Screen.PROGRAM ? answer.toString() : table.of(answer);
      if (!now.equals(before)) {
        print(now);
      }
      return now;
    } catch (ConnectionLostException e) {
      err.println("tas: " + e.getMessage() + "; waiting");
      err.flush();
      return ""; // it is shown again when the service is back, and says hello
    }
  }

  private void print(String list) {
    String time = LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS).toString();
    switch (screen) {
      case PROGRAM -> out.println(list);
      case LOG -> out.printf("%s%n%s%n%n", time, list);
      case TERMINAL -> out.printf("%s%s  (Ctrl-C ends this)%n%s%n", CLEAR, time, list);
    }
    out.flush();
  }
}
