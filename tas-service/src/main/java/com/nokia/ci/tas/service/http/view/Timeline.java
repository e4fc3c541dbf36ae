package com.nokia.ci.tas.service.http.view;

import com.nokia.ci.tas.service.farm.Attempt;
import com.nokia.ci.tas.service.farm.EndedTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
  private static final String NO_TIME = took(0);

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

  /** Whether there is nothing to draw: the test was refused at once. */
  boolean isEmpty() {
    return phases.stream().allMatch(it -> it.took().equals(NO_TIME));
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
   * @param attempts its runs in their order
   * @param end when it ended, or now
   */
  static Timeline of(Instant received, List<Attempt> attempts, Instant end) {
    var spans = new ArrayList<Span>();
    Instant at = received;
    for (var attempt : attempts) {
      Instant over = attempt.ended().orElse(end);
      Instant started = attempt.started().orElse(over);
      spans.add(new Span("wait", "waiting", at, attempt.reserved()));
      spans.add(new Span("prepare", "artifacts", attempt.reserved(), started));
      attempt.started().ifPresent(from -> spans.add(new Span("run", "running", from, over)));
      at = over;
    }
    boolean isOver = !attempts.isEmpty() && spans.get(spans.size() - 1).to().equals(end);
    if (!isOver) {
      spans.add(new Span("wait", "waiting", at, end));
    }
    spans.removeIf(span -> span.millis() == 0 && attempts.size() > 1);
    return drawn(spans, attempts.size());
  }

  /** Draws a test of whose runs no more is known than when the last one was. */
  static Timeline of(EndedTest.Times times) {
    var spans = new ArrayList<Span>();
    spans.add(
        new Span("wait", "waiting", times.received(), times.reserved().orElse(times.ended())));
    times
        .reserved()
        .ifPresent(
            at ->
                spans.add(
                    new Span("prepare", "artifacts", at, times.started().orElse(times.ended()))));
    times.started().ifPresent(at -> spans.add(new Span("run", "running", at, times.ended())));
    return drawn(spans, 1);
  }

  private static Timeline drawn(List<Span> spans, int attempts) {
    long whole = Math.max(1, spans.stream().mapToLong(Span::millis).sum());
    int free = Math.max(0, WIDTH - NARROWEST * spans.size());
    var phases = new ArrayList<Phase>();
    int x = 0;
    for (var span : spans) {
      int width = NARROWEST + (int) (span.millis() * free / whole);
      String took = took(span.millis());
      phases.add(new Phase(span.kind(), span.name(), took, x, width));
      x += width;
    }
    return new Timeline(List.copyOf(phases), words(spans, attempts));
  }

  private static String words(List<Span> spans, int attempts) {
    if (attempts <= 1) {
      String phases =
          spans.stream()
              .map(it -> it.name() + " for " + took(it.millis()))
              .collect(Collectors.joining(", then "));
      return spans.size() > 1 ? "First " + phases : Words.capital(phases);
    }
    return "In "
        + attempts
        + " attempts "
        + Stream.of("waiting", "artifacts", "running")
            .map(name -> name + " for " + took(together(spans, name)))
            .collect(Collectors.joining(", "));
  }

  private static long together(List<Span> spans, String name) {
    return spans.stream().filter(it -> it.name().equals(name)).mapToLong(Span::millis).sum();
  }

  private static String took(long millis) {
    return Words.exactly(Duration.ofMillis(millis));
  }
}
