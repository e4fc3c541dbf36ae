package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.service.json.FarmJson;
import com.nokia.ci.tas.service.news.News;
import java.time.Duration;
import java.util.Optional;

/**
 * One who reads the stream of events: at some number of the news, which is all that is kept of it.
 */
final class EventReader implements Piecewise {
  /** Then the reader comes again, and is known anew: it may have lost its rights meanwhile. */
  private static final Duration LIFE = Duration.ofMinutes(15);

  private final EventDesk desk;
  private final News news;
  private final EventFilter wanted;
  private final Optional<String> from;
  private final long begun = System.nanoTime();
  private Runnable wake = () -> {};
  private long at = -1;
  private volatile boolean isBeaten;
  private volatile boolean isEnded;

  /**
   * A reader that is not entered yet.
   *
   * @param from the id of the last event it has seen, in an earlier connection
   */
  EventReader(EventDesk desk, News news, EventFilter wanted, Optional<String> from) {
    this.desk = desk;
    this.news = news;
    this.wanted = wanted;
    this.from = from;
  }

  @Override
  public void onMore(Runnable more) {
    wake = more;
    desk.enter(this);
  }

  void wake() {
    wake.run();
  }

  void beat() {
    isBeaten = true;
    wake.run();
  }

  void end() {
    isEnded = true;
    wake.run();
  }

  @Override
  public Optional<Piece> next() {
    if (at < 0) {
      return Optional.of(Piece.of(greeting()));
    }
    if (!news.reachesBackTo(at)) {
      return Optional.of(Piece.of(gap("more happened than is kept for a reader as slow as this")));
    }
    while (true) {
      var more = desk.behind(at, wanted);
      if (more.isEmpty()) {
        return heartbeat();
      }
      at = more.get().to();
      if (more.get().piece().isPresent()) {
        isBeaten = false;
        return more.get().piece();
      }
    }
  }

  /** The id is told again: a reader whose filter lets little through is not sent far back. */
  private Optional<Piece> heartbeat() {
    if (!isBeaten) {
      return Optional.empty();
    }
    isBeaten = false;
    return Optional.of(Piece.of(":\nid: " + desk.id(at) + "\n\n"));
  }

  private String greeting() {
    var text = new StringBuilder("retry: 2000\n\n");
    if (from.isEmpty()) {
      at = news.last();
      desk.append(text, "hello", at, FarmJson.object().put("number", at).toString());
      return text.toString();
    }
    var number = number(from.get());
    if (number.isEmpty()) {
      return text.append(gap("the service was started anew since, or this is no id of it"))
          .toString();
    }
    if (!news.reachesBackTo(number.get())) {
      return text.append(gap("more happened since than is kept")).toString();
    }
    at = number.get();
    desk.append(text, "hello", at, FarmJson.object().put("number", at).toString());
    return text.toString();
  }

  /** From here on everything is told again; what was missed is found by reading the lists. */
  private String gap(String why) {
    at = news.last();
    var text = new StringBuilder();
    desk.append(
        text,
        "gap",
        at,
        FarmJson.object()
            .put("number", at)
            .put("reason", why + "; read the lists again")
            .toString());
    return text.toString();
  }

  private Optional<Long> number(String id) {
    String life = news.life() + "-";
    if (!id.startsWith(life)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(id.substring(life.length())));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean isOver() {
    return isEnded || System.nanoTime() - begun > LIFE.toNanos();
  }

  @Override
  public boolean takesTime() {
    return false;
  }

  @Override
  public void close() {
    desk.leave(this);
  }
}
