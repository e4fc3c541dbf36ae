package com.nokia.ci.tas.service.news;

import com.nokia.ci.tas.service.farm.FarmSnapshot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what happens on a farm, from one published snapshot to the next, and keeps the last of
 * it for whoever reads along.
 *
 * <p>The farm hands its snapshots over without waiting; when they come faster than every {@value
 * #PACE_MILLIS} ms, some are passed over and what came about meanwhile is told at once. At most
 * {@value #MOST} pieces and {@value #MOST_OCTETS} octets are kept. Safe for any thread.
 */
public final class News implements Consumer<FarmSnapshot>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(News.class);
  private static final int MOST = 20_000;
  private static final int MOST_OCTETS = 16_000_000;
  private static final int PACE_MILLIS = 20;

  private final AtomicReference<FarmSnapshot> latest = new AtomicReference<>();
  private final Thread thread = new Thread(this::run, "tas-news");
  private final List<Consumer<List<Newsflash>>> listeners = new CopyOnWriteArrayList<>();
  private final ArrayDeque<Newsflash> kept = new ArrayDeque<>();
  private final Queue<Runnable> askers = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean areSettingsNew = new AtomicBoolean();
  private final String life;
  private final int most;
  private long weight;
  private long last;
  private FarmSnapshot told;
  private volatile boolean isClosing;

  private News(FarmSnapshot begin, String life, int most) {
    this.told = begin;
    this.life = life;
    this.most = most;
  }

  /**
   * Begins to watch a farm.
   *
   * @param begin what is known already
   * @param life a word that no other life of the service has; letters and digits
   */
  public static News of(FarmSnapshot begin, String life) {
    return of(begin, life, MOST);
  }

  /** The same, which keeps at most so many pieces. */
  static News of(FarmSnapshot begin, String life, int most) {
    var news = new News(begin, life, most);
    news.thread.setDaemon(true);
    news.thread.start();
    return news;
  }

  /** The word for this life of the service: numbers of another one mean something else. */
  public String life() {
    return life;
  }

  /** Takes a snapshot that was published. Returns at once. */
  @Override
  public void accept(FarmSnapshot snapshot) {
    latest.set(snapshot);
    LockSupport.unpark(thread);
  }

  /** Settings of the service, or what is wrong with them, are different now. Returns at once. */
  public void settingsChanged() {
    areSettingsNew.set(true);
    LockSupport.unpark(thread);
  }

  /** Number of the last piece; 0: there is none yet. */
  public long last() {
    synchronized (kept) {
      return last;
    }
  }

  /** Whether nothing behind a number is missing any more. */
  public boolean reachesBackTo(long number) {
    synchronized (kept) {
      return number <= last && (kept.isEmpty() ? number == last : number >= first() - 1);
    }
  }

  private long first() {
    return kept.getFirst().number();
  }

  /**
   * What came behind a number, as far as it is kept.
   *
   * @param most at most so many
   */
  public List<Newsflash> after(long number, int most) {
    synchronized (kept) {
      if (number >= last || kept.isEmpty()) {
        return List.of();
      }
      var found = new ArrayList<Newsflash>();
      if (last - number < kept.size() / 2) {
        var newestFirst = kept.descendingIterator();
        while (newestFirst.hasNext()) {
          var one = newestFirst.next();
          if (one.number() <= number) {
            break;
          }
          found.add(one);
        }
        Collections.reverse(found);
        return found.size() > most ? List.copyOf(found.subList(0, most)) : found;
      }
      for (var one : kept) {
        if (one.number() > number && found.size() < most) {
          found.add(one);
        }
      }
      return found;
    }
  }

  /**
   * Tells somebody of everything from now on, on the thread of the news: must neither wait nor
   * fail.
   *
   * @return ends that
   */
  public Runnable listen(Consumer<List<Newsflash>> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Runs something on the thread of the news once all that was handed over is told. */
  public void afterwards(Runnable asker) {
    askers.add(asker);
    LockSupport.unpark(thread);
  }

  @Override
  public void close() {
    isClosing = true;
    LockSupport.unpark(thread);
  }

  private void run() {
    while (!isClosing) {
      var next = latest.getAndSet(null);
      if (next != null) {
        tellSafely(next);
      }
      tellOfSettings();
      Runnable asker = latest.get() == null ? askers.poll() : null;
      if (asker != null) {
        asker.run();
      } else if (next != null) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PACE_MILLIS));
      } else {
        LockSupport.park(this);
      }
    }
  }

  private void tellSafely(FarmSnapshot now) {
    try {
      tell(now);
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).log("what happened on the farm cannot be told; please report this");
    }
  }

  private void tell(FarmSnapshot now) {
    var before = told;
    told = now;
    keep(Reporter.between(before, now, last));
  }

  private void tellOfSettings() {
    if (areSettingsNew.getAndSet(false)) {
      keep(
          List.of(
              new Newsflash(
                  last + 1,
                  Newsflash.Topic.SETTINGS,
                  "changed",
                  Optional.empty(),
                  List.of(),
                  Optional.empty(),
                  "{}")));
    }
  }

  private void keep(List<Newsflash> made) {
    if (made.isEmpty()) {
      return;
    }
    synchronized (kept) {
      for (var one : made) {
        kept.addLast(one);
        weight += one.weight();
      }
      while (kept.size() > most || weight > MOST_OCTETS) {
        weight -= kept.removeFirst().weight();
      }
      last = made.get(made.size() - 1).number();
    }
    listeners.forEach(listener -> listener.accept(made));
  }
}
