package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.service.http.api.Operation;
import com.nokia.ci.tas.service.news.News;
import com.nokia.ci.tas.service.news.Newsflash;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The stream of events: what happens on the farm, as it happens (server-sent events).
 *
 * <p>What came together within {@value #PACE_MILLIS} ms is sent together, and made to text once for
 * all who read everything. Readers are woken; each is at a number of the news of its own, and
 * nothing waits for a slow one.
 */
final class EventDesk implements AutoCloseable {
  private static final int PACE_MILLIS = 200;
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final int MOST_READERS = 1_000;
  private static final int AT_ONCE = 500;

  private final News news;
  private final Set<EventReader> readers = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean isAwaited = new AtomicBoolean();
  private final Runnable deaf;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            var worker = new Thread(work, "tas-events");
            worker.setDaemon(true);
            return worker;
          });

  /** What was made last for those who read everything; replaced as a whole. */
  private volatile Made made = new Made(-1, -1, Optional.empty());

  /** The text of the news behind one number, up to another; empty: there is nothing to tell. */
  record Made(long from, long to, Optional<Piece> piece) {}

  EventDesk(News news) {
    this.news = news;
    deaf = news.listen(told -> wakeSoon());
    long beat = HEARTBEAT.toMillis();
    var unused =
        thread.scheduleAtFixedRate(
            () -> readers.forEach(EventReader::beat), beat, beat, TimeUnit.MILLISECONDS);
  }

  void addTo(Router router) {
    router.serve(Operation.EVENTS, (request, any) -> events(request));
  }

  private Answer events(Request request) {
    if (readers.size() >= MOST_READERS) {
      return Answer.problem(
          503, "So many read events already that no more can; try again in a minute.");
    }
    var wanted = EventFilter.of(request);
    if (wanted.problem().isPresent()) {
      return Answer.problem(400, wanted.problem().get());
    }
    var from = request.header("last-event-id").or(() -> request.query("after"));
    var reader = new EventReader(this, news, wanted, from);
    return Answer.of("text/event-stream; charset=utf-8", "").made(reader);
  }

  void enter(EventReader reader) {
    readers.add(reader);
  }

  void leave(EventReader reader) {
    readers.remove(reader);
  }

  /** Whoever enters meanwhile reads by itself what there is. */
  private void wakeSoon() {
    if (!readers.isEmpty() && isAwaited.compareAndSet(false, true)) {
      var unused =
          thread.schedule(
              () -> {
                isAwaited.set(false);
                readers.forEach(EventReader::wake);
              },
              PACE_MILLIS,
              TimeUnit.MILLISECONDS);
    }
  }

  /** The next news behind a number that somebody wants to read, and how far they reach. */
  Optional<Made> behind(long number, EventFilter wanted) {
    if (wanted.isAll()) {
      var last = made;
      if (last.from() == number && last.to() == news.last()) {
        return Optional.of(last);
      }
    }
    List<Newsflash> more = news.after(number, AT_ONCE);
    if (more.isEmpty()) {
      return Optional.empty();
    }
    var text = new StringBuilder(1_024);
    for (var one : more) {
      if (wanted.suits(one)) {
        append(text, one.topic().word(), one.number(), one.json());
      }
    }
    var next =
        new Made(
            number,
            more.get(more.size() - 1).number(),
            text.length() == 0 ? Optional.empty() : Optional.of(Piece.of(text.toString())));
    if (wanted.isAll()) {
      made = next;
    }
    return Optional.of(next);
  }

  /** An event as its reader gets it; JSON has no line ends in it. */
  void append(StringBuilder text, String event, long number, String json) {
    text.append("event: ").append(event).append("\nid: ").append(id(number));
    text.append("\ndata: ").append(json).append("\n\n");
  }

  String id(long number) {
    return news.life() + "-" + number;
  }

  @Override
  public void close() {
    deaf.run();
    thread.shutdownNow();
    readers.forEach(EventReader::end);
  }
}
