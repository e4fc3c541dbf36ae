package com.nokia.ci.tas.samples.conformance;

import com.nokia.ci.tas.samples.conformance.SessionLine.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * What a released program said in a session, from a file, said again to a service: the same octets
 * in the same order, each as soon as what the program had heard before has come.
 */
final class Conversation {
  /**
   * One thing that was said or heard.
   *
   * @param head its line without the mark
   * @param text the lines below
   */
  private record Part(boolean said, String head, String text) {}

  private final List<Part> parts;
  private final Map<String, Integer> heard = new HashMap<>();
  private final Map<String, Integer> awaited = new HashMap<>();
  private long said;
  private long acknowledged;

  private Conversation(List<Part> parts) {
    this.parts = parts;
  }

  static Conversation of(Path file) throws IOException {
    var parts = new ArrayList<Part>();
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("> ") || line.startsWith("< ")) {
        parts.add(new Part(line.startsWith(">"), line.substring(2).strip(), ""));
      } else if (!parts.isEmpty()) {
        var last = parts.remove(parts.size() - 1);
        parts.add(new Part(last.said(), last.head(), last.text() + line + "\n"));
      }
    }
    return new Conversation(List.copyOf(parts));
  }

  /** Says all of it; when this returns, everything that the program had heard was heard again. */
  void play(Address service, Duration patience) throws IOException {
    try (var line = SessionLine.offer(service, parts.get(0).text(), patience)) {
      line.await(SessionLine.WELCOME, "the welcome");
      for (Part part : parts.subList(1, parts.size())) {
        if (part.said()) {
          say(part, line);
        } else {
          await(part.head(), line);
        }
      }
      untilAcknowledged(line);
    }
  }

  private void say(Part part, SessionLine line) throws IOException {
    String[] words = part.head().split(" ", -1);
    if (words[0].equals("message")) {
      said = Long.parseLong(words[1]);
      line.sendMessage(said, part.text());
      return;
    }
    int type = Integer.parseInt(words[1], 16);
    if (type == SessionLine.BYE) {
      untilAcknowledged(line);
    }
    line.send(type, words.length > 2 ? HexFormat.of().parseHex(words[2]) : new byte[0]);
  }

  /** Else closing could take from the service what it has not read. */
  private void untilAcknowledged(SessionLine line) throws IOException {
    while (acknowledged < said) {
      hear("the acknowledgement of message " + said, line);
    }
  }

  /** As often as it was awaited; others that pass by count for later. */
  private void await(String what, SessionLine line) throws IOException {
    int times = awaited.merge(what, 1, Integer::sum);
    while (heard.getOrDefault(what, 0) < times) {
      hear(what, line);
    }
  }

  private void hear(String what, SessionLine line) throws IOException {
    Frame frame = line.await(what, any -> true);
    heard.merge(frame.name(), 1, Integer::sum);
    if (frame.type() == SessionLine.ACK) {
      acknowledged = Math.max(acknowledged, frame.number());
    }
  }
}
