package com.nokia.ci.tas.service.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nokia.ci.tas.commons.model.ServiceLook;
import com.nokia.ci.tas.service.json.FarmJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** A part of an executor's output as whole lines, each with the level that it speaks of. */
final class LogLines {
  /** A level stands near the beginning of a line, if it does at all. */
  private static final int LOOKED_AT = 120;

  private static final List<String> ERRORS =
      List.of("ERROR", "FATAL", "SEVERE", "CRITICAL", "TRACEBACK", "EXCEPTION", "PANIC", "FAILED");

  private static final List<String> WARNINGS = List.of("WARN", "WARNING");
  private static final List<String> DETAILS = List.of("DEBUG", "TRACE", "VERBOSE", "FINE", "FINER");

  private LogLines() {}

  /**
   * The lines of a part.
   *
   * @param from where in the output it begins
   * @param isOver whether no more comes: then the last line need not end
   */
  static ObjectNode of(byte[] part, long from, boolean isOver) {
    boolean isFull = part.length >= ServiceLook.MOST;
    int end = isOver && !isFull ? part.length : afterLastLine(part, isFull);
    ObjectNode json = FarmJson.object().put("from", from).put("next", from + end);
    json.put("ended", isOver && end == part.length && !isFull);
    var lines = json.putArray("lines");
    String text = new String(part, 0, end, StandardCharsets.UTF_8);
    if (!text.isEmpty()) {
      text.lines().forEach(line -> lines.addObject().put("level", level(line)).put("text", line));
    }
    return json;
  }

  /** A line that fills a part is cut, between two characters. */
  private static int afterLastLine(byte[] part, boolean isFull) {
    int end = part.length;
    while (end > 0 && part[end - 1] != '\n') {
      end--;
    }
    if (end > 0 || !isFull) {
      return end;
    }
    end = part.length;
    while (end > part.length - 4 && (part[end - 1] & 0xC0) == 0x80) {
      end--;
    }
    return (part[end - 1] & 0x80) == 0 ? end : end - 1;
  }

  /** {@code error}, {@code warning}, {@code info} or {@code debug}. */
  static String level(String line) {
    String head = line.substring(0, Math.min(LOOKED_AT, line.length())).toUpperCase(Locale.ROOT);
    var words = List.of(head.split("[^A-Z]+"));
    if (has(words, ERRORS) || words.stream().anyMatch(it -> it.endsWith("ERROR"))) {
      return "error";
    }
    if (has(words, WARNINGS)) {
      return "warning";
    }
    return has(words, DETAILS) ? "debug" : "info";
  }

  private static boolean has(List<String> words, List<String> wanted) {
    return words.stream().anyMatch(wanted::contains);
  }
}
