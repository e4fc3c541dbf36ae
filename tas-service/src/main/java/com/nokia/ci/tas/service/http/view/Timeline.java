package com.nokia.ci.tas.service.http.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a test has spent its time with, drawn from left to right.
 *
 * @param phases in their order
 * @param words the same as a sentence
 */
public record Timeline(List<Phase> phases, String words) {
  /** Width of the drawing, in its own units. */
  public static final int WIDTH = 1_000;

  private static final int NARROWEST = 6;

  /**
   * A part of its time.
   *
   * @param kind wait, prepare or run
   * @param name as a person reads it
   * @param took how long
   * @param x where it begins
   * @param width how wide it is, at least enough to be seen
   */
  public record Phase(String kind, String name, String took, int x, int width) {
    /** Whether its name fits in. */
    public boolean isWide() {
      return width > 11 * (name.length() + took.length() + 3);
    }
  }

  private record Span(String kind, String name, Instant from, Instant to) {
    private long millis() {
      return Math.max(0, Duration.between(from, to).toMillis());
    }
  }

  /**
   * Draws it.
   *
   * @param received when the service got the test
   * @param reserved when its last attempt got its products
   * @param started when the executor of that began
   * @param end when it ended, or now
   */
  static Timeline of(
      Instant received, Optional<Instant> reserved, Optional<Instant> started, Instant end) {
    var spans = new ArrayList<Span>();
    spans.add(new Span("wait", "waiting", received, reserved.orElse(end)));
    reserved.ifPresent(at -> spans.add(new Span("prepare", "artifacts", at, started.orElse(end))));
    started.ifPresent(at -> spans.add(new Span("run", "running", at, end)));
    long whole = Math.max(1, spans.stream().mapToLong(Span::millis).sum());
    int free = WIDTH - NARROWEST * spans.size();
    var phases = new ArrayList<Phase>();
    int x = 0;
    for (var span : spans) {
      int width = NARROWEST + (int) (span.millis() * free / whole);
      String took = Words.exactly(Duration.ofMillis(span.millis()));
      phases.add(new Phase(span.kind(), span.name(), took, x, width));
      x += width;
    }
    return new Timeline(
        List.copyOf(phases),
        String.join(
            ", then ",
            phases.stream().map(phase -> phase.name() + " for " + phase.took()).toList()));
  }
}
