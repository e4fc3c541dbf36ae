package com.nokia.ci.tas.communicator.edge;

import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProductStatus;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.communicator.health.HealthBook;
import com.nokia.ci.tas.communicator.health.HealthSettings;
import com.nokia.ci.tas.communicator.node.Event;
import com.nokia.ci.tas.communicator.node.RunOrder;
import com.nokia.ci.tas.communicator.product.Fitness;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has products tested that are due, one at a time and free ones alone: takes the product out of
 * use, waits until the service has heard that, and runs the health test like any other test of this
 * node. A test of the service that has got the product all the same goes first. For any thread.
 */
final class HealthTests implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HealthTests.class);
  private static final String PREFIX = "health-test-";

  /** How long the service may take to hear that a product is out of use. */
  private static final Duration HEARING = Duration.ofMinutes(1);

  /** After a health test that came to no end. */
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final HealthSettings settings;
  private final HealthBook book;
  private final Clock clock;
  private final ScheduledExecutorService timer;
  private final Consumer<Event> post;
  private final Supplier<CompletableFuture<Void>> heard;

  /** These are guarded by this. */
  private final Map<String, ProductDescription> products = new TreeMap<>();

  private final Map<String, Instant> notBefore = new HashMap<>();
  private BiConsumer<String, Fitness> marking = (imei, fitness) -> {};
  private boolean started;
  private Optional<Current> current = Optional.empty();
  private Optional<Future<?>> nextLook = Optional.empty();

  /** The one that is under way. */
  private static final class Current {
    private final String imei;
    private final RuntimeId id;
    private boolean posted;
    private boolean late;
    private Optional<Future<?>> limit = Optional.empty();

    private Current(String imei) {
      this.imei = imei;
      this.id = RuntimeId.of(PREFIX + imei + "-" + UUID.randomUUID());
    }
  }

  /**
   * @param post takes the orders of health tests
   * @param heard completes when the service has heard all that it was told so far
   */
  HealthTests(
      HealthSettings settings,
      HealthBook book,
      Clock clock,
      ScheduledExecutorService timer,
      Consumer<Event> post,
      Supplier<CompletableFuture<Void>> heard) {
    this.settings = settings;
    this.book = book;
    this.clock = clock;
    this.timer = timer;
    this.post = post;
    this.heard = heard;
  }

  /**
   * Begins; products that were sick stay so.
   *
   * @param marks takes how fit products are; must not block
   */
  void start(BiConsumer<String, Fitness> marks) {
    synchronized (this) {
      marking = marks;
      started = true;
    }
    book.sick().forEach((imei, why) -> marks.accept(imei, Fitness.sick(why)));
    look();
  }

  /** A product is there, or is not as it was. */
  void product(ProductDescription product) {
    String imei = product.id().imei();
    boolean isClaimed;
    synchronized (this) {
      products.put(imei, product);
      isClaimed =
          current.filter(it -> it.imei.equals(imei) && !it.posted).isPresent()
              && Fitness.isShownBy(product);
    }
    if (product.status() == ProductStatus.FREE && book.sick(imei).isPresent()) {
      book.cleared(imei); // a person has enabled it
    }
    if (isClaimed) {
      claimed(imei);
    }
    look();
  }

  /** A product is not there any more. */
  synchronized void removed(String imei) {
    products.remove(imei);
  }

  /** A test of the service has ended here. */
  void testEnded(RunOrder order, TestProgress progress) {
    boolean hasFinished = progress.status() == TestStatus.FINISHED;
    boolean hasFailed =
        progress.status() == TestStatus.FAILED
            && progress
                .fault()
                .filter(it -> it == Fault.TEST || it == Fault.PRODUCT || it == Fault.NODE)
                .isPresent();
    if (hasFinished || hasFailed) {
      order.products().forEach(product -> book.testEnded(product.imei(), hasFailed));
      look();
    }
  }

  /** Whether a report is about a health test. */
  synchronized boolean owns(RuntimeId test) {
    return current.filter(it -> it.id.equals(test)).isPresent();
  }

  /** What the node would tell a service of a health test. */
  void reported(TestDescription test) {
    Current over;
    synchronized (this) {
      if (!owns(test.id()) || test.progress().status() == TestStatus.STARTED) {
        return;
      }
      over = current.orElseThrow();
      over.limit.ifPresent(it -> it.cancel(false));
      current = Optional.empty();
    }
    judge(over, test.progress());
    look();
  }

  private void judge(Current over, TestProgress progress) {
    String imei = over.imei;
    boolean isOfProduct =
        progress.fault().filter(it -> it == Fault.TEST || it == Fault.PRODUCT).isPresent();
    if (progress.status() == TestStatus.FINISHED) {
      book.passed(imei);
    } else if (over.late) {
      book.failed(imei, "it did not end within " + settings.limit().toSeconds() + " s");
    } else if (isOfProduct) {
      book.failed(imei, progress.details());
    } else {
      leaveDue(imei);
    }
    LOG.atInfo()
        .addKeyValue("product", imei)
        .addKeyValue("status", progress.status().text())
        .addKeyValue("details", progress.details())
        .log("health test has ended");
    mark(imei, fitness(imei));
  }

  private void leaveDue(String imei) {
    book.interrupted(imei);
    synchronized (this) {
      notBefore.put(imei, clock.instant().plus(PAUSE));
    }
  }

  private Fitness fitness(String imei) {
    return book.sick(imei).map(Fitness::sick).orElse(Fitness.FIT);
  }

  private void mark(String imei, Fitness fitness) {
    BiConsumer<String, Fitness> marks;
    synchronized (this) {
      marks = marking;
    }
    marks.accept(imei, fitness);
  }

  /** Begins with a product that is due, or sees when one will be. */
  private void look() {
    Optional<Current> next;
    synchronized (this) {
      if (!started || current.isPresent()) {
        return;
      }
      nextLook.ifPresent(it -> it.cancel(false));
      nextLook = Optional.empty();
      var now = clock.instant();
      var first =
          products.values().stream()
              .filter(this::mayBeTested)
              .flatMap(it -> due(it).stream())
              .min(Due.ORDER);
      if (first.isEmpty()) {
        return;
      }
      if (first.get().at().isAfter(now)) {
        long millis = Math.max(1, Duration.between(now, first.get().at()).toMillis() + 1);
        nextLook = Optional.of(timer.schedule(this::look, millis, TimeUnit.MILLISECONDS));
        return;
      }
      current = Optional.of(new Current(first.get().imei()));
      next = current;
    }
    next.ifPresent(this::claim);
  }

  /** A product and when it is due. */
  private record Due(Instant at, String imei) {
    static final Comparator<Due> ORDER = Comparator.comparing(Due::at).thenComparing(Due::imei);
  }

  /** Free, or sick and nothing else; nobody else has a say in that. */
  private boolean mayBeTested(ProductDescription product) {
    return settings.isFor(product)
        && (product.status() == ProductStatus.FREE || Fitness.isShownBy(product));
  }

  private Optional<Due> due(ProductDescription product) {
    String imei = product.id().imei();
    var least = Optional.ofNullable(notBefore.get(imei)).orElse(Instant.EPOCH);
    return book.due(imei).map(at -> new Due(at.isBefore(least) ? least : at, imei));
  }

  private void claim(Current next) {
    LOG.atInfo().addKeyValue("product", next.imei).log("health test is due");
    book.began(next.imei);
    boolean isSick;
    synchronized (this) {
      isSick = Optional.ofNullable(products.get(next.imei)).filter(Fitness::isShownBy).isPresent();
    }
    if (isSick) {
      claimed(next.imei);
    } else {
      mark(next.imei, Fitness.TESTED);
      var unused = timer.schedule(() -> giveUp(next), HEARING.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** The product is out of use here; when the service knows, nobody else gets it any more. */
  private void claimed(String imei) {
    var unused =
        heard
            .get()
            .whenComplete(
                (done, failure) ->
                    order(imei)
                        .ifPresent(it -> post.accept(new Event.StartAsked(clock.instant(), it))));
  }

  private synchronized Optional<RunOrder> order(String imei) {
    var mine = current.filter(it -> it.imei.equals(imei) && !it.posted);
    var product = Optional.ofNullable(products.get(imei));
    if (mine.isEmpty() || product.isEmpty()) {
      return Optional.empty();
    }
    var it = mine.get();
    it.posted = true;
    it.limit =
        Optional.of(
            timer.schedule(() -> late(it), settings.limit().toMillis(), TimeUnit.MILLISECONDS));
    var test =
        TestDescription.named(it.id)
            .with(new TestExecution(settings.command(), "", List.of(), Map.of(), List.of(), ""))
            .with(TestProgress.NONE.attempt(1).reserving(List.of(product.get())));
    return Optional.of(RunOrder.ofTheNode(test));
  }

  private void late(Current slow) {
    synchronized (this) {
      slow.late = true;
    }
    post.accept(new Event.StopAsked(clock.instant(), slow.id, 0, "the limit of health tests"));
  }

  /** The service does not hear, or the product has gone: it is tried again later. */
  private void giveUp(Current waiting) {
    synchronized (this) {
      if (waiting.posted || current.filter(it -> it == waiting).isEmpty()) {
        return;
      }
      current = Optional.empty();
    }
    leaveDue(waiting.imei);
    mark(waiting.imei, fitness(waiting.imei));
    look();
  }

  @Override
  public synchronized void close() {
    started = false;
  }
}
