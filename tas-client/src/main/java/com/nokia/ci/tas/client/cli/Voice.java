package com.nokia.ci.tas.client.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nokia.ci.tas.client.verdict.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Says what happens to tests: to people, the output of executors on the standard output and all
 * else on the standard error; or to programs, one JSON object a line on the standard output. For
 * any thread.
 */
final class Voice {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean json;
  private final boolean colours;

  Voice(PrintWriter out, PrintWriter err, boolean json, boolean colours) {
    this.out = out;
    this.err = err;
    this.json = json;
    this.colours = colours;
  }

  /**
   * Whether people read the standard error on a terminal that shows colours and do not mind them;
   * where that cannot be known there are none.
   */
  static boolean isTerminal() {
    return isTerminal(Path.of("/proc/self/fd/2"))
        && System.getenv("NO_COLOR") == null
        && !"dumb".equals(System.getenv("TERM"));
  }

  private static boolean isTerminal(Path stream) {
    try {
      String device = Files.readSymbolicLink(stream).toString();
      return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** What an executor says. */
  synchronized void output(String test, String prefix, String text) {
    if (json) {
      event("output", Map.of("test", test, "text", text));
      return;
    }
    text.lines().forEach(line -> out.println(prefix + line));
    out.flush();
  }

  /** A sentence about a test, or about all of them where it is empty. */
  synchronized void note(String test, String sentence) {
    if (json) {
      event("note", Map.of("test", test, "text", sentence));
      return;
    }
    err.println("tas: " + sentence);
    err.flush();
  }

  /**
   * How a test is, in one word of the guide, and in a sentence.
   *
   * @param state such as {@code pending} or {@code finished}
   */
  synchronized void state(String test, String state, String sentence) {
    if (json) {
      event("state", Map.of("test", test, "state", state, "text", sentence));
      return;
    }
    err.println("tas: " + sentence);
    err.flush();
  }

  /** The last word on a test. */
  synchronized void verdict(Verdict verdict, String sentence, Map<String, String> event) {
    if (json) {
      event("verdict", event);
      return;
    }
    String word = colours ? coloured(verdict) : verdict.name();
    err.println("tas: verdict " + word + ": " + sentence);
    err.flush();
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
