package com.nokia.ci.tas.client.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nokia.ci.tas.client.internal.TestObserver;
import com.nokia.ci.tas.client.log.LogLine;
import com.nokia.ci.tas.client.verdict.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Says what happens to tests: to people, the output of executors on the standard output and all
 * else on the standard error; or to programs, one JSON object a line on the standard output. For
 * any thread.
 */
final class Voice {
  private static final ObjectMapper JSON = new ObjectMapper();
  static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");
  private static final Duration LOG_PERIOD = Duration.ofSeconds(15);

  /** To the beginning of the line, and nothing behind it. */
  private static final String CLEAR = "\r\u001b[K";

  private final PrintWriter out;
  private final PrintWriter err;
  private final Manner manner;
  private final LongSupplier nanos;
  private final Transfers transfers;
  private String line = "";
  private long lineSince;
  private boolean wasProgressTold;

  Voice(PrintWriter out, PrintWriter err, Manner manner) {
    this(out, err, manner, System::nanoTime);
  }

  /**
   * The same by another clock.
   *
   * @param nanos a clock as {@link System#nanoTime}, for how often a log hears of progress
   */
  Voice(PrintWriter out, PrintWriter err, Manner manner, LongSupplier nanos) {
    this.out = out;
    this.err = err;
    this.manner = manner;
    this.nanos = nanos;
    this.transfers = new Transfers(nanos);
  }

  /** Who listens. */
  enum Manner {
    /** A program. */
    JSON,
    /** People who want the output, the verdict and errors alone. */
    QUIET,
    /** People who read it later: progress is a line now and then. */
    LOG,
    /** People at a terminal that cannot show colours, or that mind them. */
    TERMINAL,
    /** People at a terminal. */
    COLOURS;

    /** Whoever reads the standard error; where that cannot be known it is a log. */
    static Manner ofStderr() {
      if (!isTerminal(STANDARD_ERROR) || "dumb".equals(System.getenv("TERM"))) {
        return LOG;
      }
      return System.getenv("NO_COLOR") == null ? COLOURS : TERMINAL;
    }

    private boolean rewritesALine() {
      return this == TERMINAL || this == COLOURS;
    }
  }

  /** Whether a stream of this process is a terminal; false where that cannot be known. */
  static boolean isTerminal(Path stream) {
    try {
      String device = Files.readSymbolicLink(stream).toString();
      return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** What an executor says. */
  synchronized void output(String test, String prefix, String text) {
    if (manner == Manner.JSON) {
      event("output", Map.of("test", test, "text", text));
      return;
    }
    clearLine();
    text.lines().forEach(line -> out.println(prefix + line));
    out.flush();
    showLine();
  }

  /** A line of the log of a test's run. */
  synchronized void logged(String test, LogLine line) {
    if (manner == Manner.JSON) {
      event(
          "log",
          Map.of(
              "test", test,
              "at", line.at().map(Instant::toString).orElse(""),
              "level", line.level().name().toLowerCase(Locale.ROOT),
              "part", line.part().name().toLowerCase(Locale.ROOT),
              "text", line.text()));
      return;
    }
    out.println(line);
    out.flush();
  }

  /** A sentence about a test, or about all of them where it is empty. */
  synchronized void note(String test, String sentence) {
    if (manner == Manner.JSON) {
      event("note", Map.of("test", test, "text", sentence));
    } else if (manner != Manner.QUIET) {
      say(sentence);
    }
  }

  /** A file of a test has got on. */
  synchronized void transferring(TestObserver.Transfer transfer) {
    progress(transfers.on(transfer));
  }

  /** A file of a test has arrived. */
  synchronized void transferred(String name) {
    if (transfers.over(name)) {
      progress("");
    }
  }

  /**
   * What goes on for a while: on a terminal a line that is written again and again, in a log a line
   * now and then.
   *
   * @param sentence empty when it is over
   */
  synchronized void progress(String sentence) {
    if (manner.rewritesALine()) {
      clearLine();
      line = sentence;
      showLine();
    } else if (manner == Manner.LOG && !sentence.isEmpty()) {
      long now = nanos.getAsLong();
      if (!wasProgressTold || now - lineSince >= LOG_PERIOD.toNanos()) {
        wasProgressTold = true;
        lineSince = now;
        say(sentence);
      }
    }
  }

  /** How long a test will go on waiting, as far as that is known. */
  synchronized void waiting(String test, String sentence) {
    if (manner.rewritesALine()) {
      progress(sentence);
    } else {
      note(test, sentence);
    }
  }

  /** Takes the line of progress away. */
  private void clearLine() {
    if (!line.isEmpty()) {
      err.print(CLEAR);
      err.flush();
    }
  }

  private void showLine() {
    if (!line.isEmpty()) {
      err.print("tas: " + line);
      err.flush();
    }
  }

  private void say(String sentence) {
    clearLine();
    err.println("tas: " + sentence);
    err.flush();
    showLine();
  }

  /**
   * How a test is, in one word of the guide, and in a sentence.
   *
   * @param state such as {@code pending} or {@code finished}
   */
  synchronized void state(String test, String state, String sentence) {
    if (manner == Manner.JSON) {
      event("state", Map.of("test", test, "state", state, "text", sentence));
    } else {
      say(sentence);
    }
  }

  /** The last word on a test. */
  synchronized void verdict(Verdict verdict, String sentence, Map<String, String> event) {
    if (manner == Manner.JSON) {
      event("verdict", event);
    } else {
      String word = manner == Manner.COLOURS ? coloured(verdict) : verdict.name();
      say("verdict " + word + ": " + sentence);
    }
  }

  private static String coloured(Verdict verdict) {
    String colour =
        switch (verdict) {
          case PASS -> "32";
          case FAIL -> "31";
          case ERROR -> "33";
        };
    return "\u001b[" + colour + "m" + verdict.name() + "\u001b[0m";
  }

  private void event(String kind, Map<String, String> members) {
    ObjectNode event = JSON.createObjectNode().put("event", kind);
    members.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(it -> event.put(it.getKey(), it.getValue()));
    out.println(event);
    out.flush();
  }
}
