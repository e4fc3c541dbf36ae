package com.nokia.ci.tas.service.plugin;

import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.service.farm.Effect;
import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.farm.distribution.Distribution;
import com.nokia.ci.tas.service.farm.distribution.Distributions;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The distributions that somebody added to this service: those of the class path, and those of the
 * jars in a directory. They are looked for once, when the service starts.
 *
 * <p>Each question is asked on a thread of its own, which is interrupted when the answer takes too
 * long; so one that hangs costs nobody else anything. Safe for any thread.
 */
public final class AddedDistributions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AddedDistributions.class);

  /** Longer than the farm waits: it has given up by then. */
  private static final long LONGEST_IN_SECONDS = 15;

  /** So many questions are open at once at most. */
  private static final int MOST = 64;

  private final Map<String, Distribution> byName;
  private final InstantSource clock;
  private final Optional<URLClassLoader> jars;
  private final AtomicInteger open = new AtomicInteger();
  private final ScheduledThreadPoolExecutor impatience =
      new ScheduledThreadPoolExecutor(1, task -> daemon(task, "tas-distribution-limit"));

  private AddedDistributions(
      Collection<Distribution> found, Optional<URLClassLoader> jars, InstantSource clock) {
    this.byName = named(found);
    this.jars = jars;
    this.clock = clock;
    impatience.setRemoveOnCancelPolicy(true);
    impatience.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /**
   * Looks for distributions.
   *
   * @param directory of jars; need not be there
   * @param clock stamps the answers
   * @throws IOException when the directory cannot be read
   */
  public static AddedDistributions find(Path directory, InstantSource clock) throws IOException {
    var urls = jars(directory);
    var parent = AddedDistributions.class.getClassLoader();
    if (urls.isEmpty()) {
      return new AddedDistributions(load(parent), Optional.empty(), clock);
    }
    var jars = new URLClassLoader("plugins", urls.toArray(URL[]::new), parent);
    return new AddedDistributions(load(jars), Optional.of(jars), clock);
  }

  /** These, wherever they come from. */
  static AddedDistributions of(Collection<Distribution> found, InstantSource clock) {
    return new AddedDistributions(found, Optional.empty(), clock);
  }

  /**
   * Asks the one that a test names. Returns at once.
   *
   * @param answers takes what it says, or why it cannot be asked, on any thread
   */
  public void divide(Effect.DivideTest question, Consumer<Event> answers) {
    var asked = byName.get(key(question.distribution()));
    if (asked == null) {
      answers.accept(refusal(question, unknown(question.distribution())));
    } else if (open.incrementAndGet() > MOST) {
      open.decrementAndGet();
      answers.accept(
          refusal(
              question,
              bad(question, "has " + MOST + " questions to answer already; try again later")));
    } else {
      var asking = new Asking(question, asked, answers);
      daemon(asking, "tas-distribution-" + asked.name()).start();
      var unused =
          impatience.schedule(
              () -> asking.cancel(/* mayInterruptIfRunning= */ true),
              LONGEST_IN_SECONDS,
              TimeUnit.SECONDS);
    }
  }

  /** Forgets what is still being thought about. */
  @Override
  public void close() throws IOException {
    impatience.shutdownNow();
    if (jars.isPresent()) {
      jars.get().close();
    }
  }

  /** One question; whatever comes of it, nothing leaves this thread but the answer. */
  private final class Asking extends FutureTask<List<List<Integer>>> {
    private final Effect.DivideTest question;
    private final Consumer<Event> answers;

    Asking(Effect.DivideTest question, Distribution asked, Consumer<Event> answers) {
      super(() -> question.dividedBy(asked));
      this.question = question;
      this.answers = answers;
    }

    @Override
    protected void done() {
      open.decrementAndGet();
      try {
        answers.accept(
            new Event.TestDivided(
                clock.instant(), question.test(), question.age(), get(), Optional.empty()));
      } catch (ExecutionException e) {
        LOG.atError()
            .setCause(e.getCause())
            .addKeyValue("distribution", SafeName.shown(question.distribution()))
            .addKeyValue("test", question.test())
            .log("an added distribution failed; tell who maintains it");
        answers.accept(refusal(question, bad(question, "failed: " + e.getCause())));
      } catch (CancellationException e) {
        LOG.atError()
            .addKeyValue("distribution", SafeName.shown(question.distribution()))
            .addKeyValue("test", question.test())
            .log("an added distribution does not answer; tell who maintains it");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Event refusal(Effect.DivideTest question, Reason reason) {
    return new Event.TestDivided(
        clock.instant(), question.test(), question.age(), List.of(), Optional.of(reason));
  }

  private Reason unknown(String name) {
    var names =
        Stream.concat(Distributions.all().stream(), byName.values().stream())
            .map(Distribution::name)
            .toList();
    return new Reason(
        Fault.REQUESTER,
        "unknown-distribution",
        "this service knows no distribution \""
            + SafeName.shown(name)
            + "\"; it has "
            + String.join(", ", names));
  }

  private static Reason bad(Effect.DivideTest question, String what) {
    return new Reason(
        Fault.FARM,
        "bad-distribution",
        "the distribution \""
            + SafeName.shown(question.distribution())
            + "\" of this service "
            + SafeName.shown(what));
  }

  private static Map<String, Distribution> named(Collection<Distribution> found) {
    var byName = new TreeMap<String, Distribution>();
    for (var distribution : found) {
      String name = distribution.name();
      boolean isTaken =
          name == null
              || name.isBlank()
              || Distributions.named(name).isPresent()
              || byName.putIfAbsent(key(name), distribution) != null;
      LOG.atLevel(isTaken ? org.slf4j.event.Level.WARN : org.slf4j.event.Level.INFO)
          .addKeyValue("distribution", SafeName.shown(String.valueOf(name)))
          .addKeyValue("class", distribution.getClass().getName())
          .log(
              isTaken ? "distribution left out: its name is taken or empty" : "distribution added");
    }
    return byName;
  }

  private static List<Distribution> load(ClassLoader from) {
    var found = new ArrayList<Distribution>();
    var each = ServiceLoader.load(Distribution.class, from).iterator();
    while (true) {
      try {
        if (!each.hasNext()) {
          return found;
        }
        found.add(each.next());
      } catch (ServiceConfigurationError e) {
        LOG.atError()
            .addKeyValue("error", e.getMessage())
            .log("an added distribution cannot be used; tell who maintains it");
      }
    }
  }

  private static List<URL> jars(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    var urls = new ArrayList<URL>();
    try (var files = Files.list(directory)) {
      for (Path file : files.sorted().toList()) {
        if (file.getFileName().toString().endsWith(".jar")) {
          urls.add(file.toUri().toURL());
        }
      }
    }
    return urls;
  }

  private static String key(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  private static Thread daemon(Runnable task, String name) {
    var thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
