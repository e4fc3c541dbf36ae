package com.nokia.ci.tas.service.loop;

import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.farm.Farm;
import com.nokia.ci.tas.service.farm.FarmSettings;
import com.nokia.ci.tas.service.farm.FarmSnapshot;
import com.nokia.ci.tas.service.measure.Histogram;
import com.nokia.ci.tas.service.store.Store;
import com.nokia.ci.tas.service.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a farm: the one thread that changes it. Takes what was posted in batches and has the farm
 * decide; beside it each batch is made durable, and only then the outcome is published and handed
 * over what is to be done (design, "Durable").
 *
 * <p>Anybody may post, on any thread, without waiting. What comes from outside is refused while too
 * much is waiting already; what comes of an effect is always taken, for there is never more of it
 * than there were effects. An event that the farm cannot take is reported as an error and changes
 * nothing.
 *
 * <p>When the store fails, the loop ends: what could not be kept is let out to nobody.
 */
public final class FarmLoop implements Inbox, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FarmLoop.class);

  /** How many events are worked in before they are handed on. */
  private static final int BATCH = 256;

  /** A loop that comes to itself so much later than it wanted has stood still with its machine. */
  private static final Duration DOZE = Duration.ofSeconds(1);

  private final Farm farm;
  private final Surroundings around;
  private final Commits commits;
  private final Checkpoints checkpoints;
  private final BlockingQueue<Posted> posts = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::run, "tas-farm-loop");
  private final CompletableFuture<StoreException> broken = new CompletableFuture<>();
  private final Histogram decisions = Histogram.ofMoments();
  private long lastAwake = System.nanoTime();
  private volatile boolean isClosing;

  /**
   * What a loop works with.
   *
   * @param store makes batches durable; is left open
   * @param clock what the deadlines of the farm are compared with
   * @param effects takes over what is to be done
   * @param backlog how many events from outside may wait
   * @param published is told of each snapshot that was published; must neither wait nor fail
   * @param failure is told, once and on any thread, that the store failed and the loop has ended
   */
  public record Surroundings(
      Store store,
      InstantSource clock,
      Effects effects,
      int backlog,
      Consumer<FarmSnapshot> published,
      Consumer<StoreException> failure) {

    /** Nobody is told of snapshots; they can be asked for. */
    public Surroundings(
        Store store,
        InstantSource clock,
        Effects effects,
        int backlog,
        Consumer<StoreException> failure) {
      this(store, clock, effects, backlog, snapshot -> {}, failure);
    }
  }

  /** An event, or the wish to know when all that was posted before is worked in. */
  private record Posted(Optional<Event> event, Optional<CompletableFuture<Void>> asker) {}

  private FarmLoop(Revived revived, Surroundings around) {
    this.farm = revived.farm();
    this.around = around;
    checkpoints = new Checkpoints(around.store(), revived.steps(), this::fail);
    commits =
        new Commits(
            new Journal(around.store(), revived.batch()),
            checkpoints,
            around.effects(),
            farm.snapshot(),
            around.published(),
            this::fail);
  }

  /**
   * Starts to run a farm, which from then on belongs to the loop: its service has begun another
   * life.
   *
   * @param settings that are in force now
   */
  public static FarmLoop start(Revived revived, FarmSettings settings, Surroundings around) {
    var loop = new FarmLoop(revived, around);
    loop.report(new Event.ServiceStarted(around.clock().instant(), settings));
    loop.commits.start();
    loop.thread.start();
    return loop;
  }

  /**
   * Takes something that happened outside.
   *
   * @throws TasException with a sentence for the peer when too much is waiting already, or the loop
   *     was closed
   */
  @Override
  public void post(Event event) {
    if (isClosing) {
      throw new TasException("the service is shutting down");
    }
    if (posts.size() >= around.backlog()) {
      throw new TasException(
          "the service has "
              + around.backlog()
              + " messages to work through already; try again later");
    }
    report(event);
  }

  /** Takes what came of an effect; never refuses. */
  public void report(Event event) {
    posts.add(new Posted(Optional.of(event), Optional.empty()));
  }

  @Override
  public CompletionStage<Void> settled() {
    var workedIn = new CompletableFuture<Void>();
    posts.add(new Posted(Optional.empty(), Optional.of(workedIn)));
    return workedIn;
  }

  /** The farm after the last batch that was let out. */
  public FarmSnapshot snapshot() {
    return commits.snapshot();
  }

  /** How long the farm takes to decide on an event. */
  public Histogram decisions() {
    return decisions;
  }

  /** How long it takes to make durable what was decided. */
  public Histogram writes() {
    return commits.writes();
  }

  /** Whether events are still being worked in. */
  public boolean isAlive() {
    return thread.isAlive() || commits.thread().isAlive();
  }

  /**
   * Works in what was posted before, keeps an image of the farm, then ends. Waits for that; not to
   * be called by the loop.
   *
   * @throws StoreException when the image cannot be written, which loses nothing
   */
  @Override
  public void close() {
    isClosing = true;
    report(new Event.TimePassed(around.clock().instant()));
    join(thread);
    join(commits.thread());
    if (broken.isDone()) {
      checkpoints.end();
    } else {
      checkpoints.close(commits.number(), commits.snapshot());
    }
  }

  private static void join(Thread thread) {
    boolean wasInterrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        wasInterrupted = true;
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  // ---- on the thread of the loop

  private void run() {
    try {
      try {
        var batch = new ArrayList<Posted>(BATCH);
        while (!(isClosing && posts.isEmpty()) && !broken.isDone()) {
          await(batch);
          work(batch);
          batch.clear();
        }
      } catch (RuntimeException e) {
        LOG.atError()
            .setCause(e)
            .log("the farm stands still because of a defect; please report this");
        fail(new StoreException("the farm cannot go on because of a defect: " + e, e));
      }
      commits.take(new Commits.Portion(List.of(), List.of(), farm.snapshot(), /* isLast= */ true));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      LOG.atError().setCause(e).log("the farm was interrupted and stands still");
    }
  }

  /** Whatever is not kept is not let out either. On any thread. */
  private void fail(StoreException cause) {
    if (broken.complete(cause)) {
      posts.add(new Posted(Optional.empty(), Optional.empty()));
      around.failure().accept(cause);
    }
  }

  /** Waits for an event, or the next deadline of the farm. */
  private void await(List<Posted> batch) throws InterruptedException {
    var deadline = farm.nextDeadline();
    long patience = deadline.isPresent() ? nanosUntil(deadline.get()) : Long.MAX_VALUE;
    var first =
        patience == Long.MAX_VALUE
            ? posts.take()
            : posts.poll(Math.max(0, patience), TimeUnit.NANOSECONDS);
    long now = System.nanoTime();
    long late = now - lastAwake - Math.max(0, patience);
    if (late > DOZE.toNanos()) {
      var slept = new Event.ServiceSlept(around.clock().instant(), Duration.ofNanos(late));
      batch.add(new Posted(Optional.of(slept), Optional.empty()));
    }
    lastAwake = now;
    if (first != null) {
      batch.add(first);
      posts.drainTo(batch, BATCH - 2);
    }
  }

  private long nanosUntil(Instant deadline) {
    var left = Duration.between(around.clock().instant(), deadline);
    if (left.isNegative()) {
      return 0;
    }
    return left.compareTo(Duration.ofDays(1)) > 0 ? TimeUnit.DAYS.toNanos(1) : left.toNanos();
  }

  private void work(List<Posted> batch) throws InterruptedException {
    var applied = new ArrayList<Commits.Applied>(batch.size() + 1);
    for (var posted : batch) {
      posted.event().flatMap(this::apply).ifPresent(applied::add);
    }
    var now = around.clock().instant();
    if (farm.nextDeadline().filter(deadline -> !deadline.isAfter(now)).isPresent()) {
      apply(new Event.TimePassed(now)).ifPresent(applied::add);
    }
    var askers = batch.stream().map(Posted::asker).flatMap(Optional::stream).toList();
    commits.take(new Commits.Portion(applied, askers, farm.snapshot(), /* isLast= */ false));
  }

  private Optional<Commits.Applied> apply(Event event) {
    long begin = System.nanoTime();
    try {
      return Optional.of(new Commits.Applied(event, farm.apply(event)));
    } catch (RuntimeException | StackOverflowError e) {
      LOG.atError()
          .setCause(e)
          .addKeyValue("event", event.getClass().getSimpleName())
          .log("the farm could not take an event and stays as it was; please report this");
      return Optional.empty();
    } finally {
      decisions.note(System.nanoTime() - begin);
    }
  }
}
