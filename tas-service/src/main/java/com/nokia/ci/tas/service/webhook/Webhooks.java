package com.nokia.ci.tas.service.webhook;

import com.nokia.ci.tas.commons.launch.FileWatch;
import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.service.access.store.PrivateFile;
import com.nokia.ci.tas.service.news.News;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hooks of a service, from its start to its end: one thread takes what is new from the news to
 * the spool of each hook, and from there to its receiver. Safe for any thread.
 *
 * <p>The file has a line for each hook: id, project (or {@code -}), secret and address, with blanks
 * between them; {@code #} begins a comment. What is changed there is in force within two seconds: a
 * hook that is removed is told no more, a new one from then on, and one that is changed goes on
 * behind a gap. A file that makes no sense changes nothing, and a line of the log says why; so does
 * one that is deleted: empty it to have no hooks.
 */
public final class Webhooks implements AutoCloseable {
  /** No service tells more. */
  public static final int MOST = 50;

  private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
  private static final int LAST_SECONDS = 10;

  private final Path spools;
  private final News news;
  private final InstantSource clock;
  private final Limits limits;
  private final Map<String, Delivery> deliveries = new ConcurrentSkipListMap<>();
  private final AtomicReference<WebhookCounts> past = new AtomicReference<>(WebhookCounts.NONE);
  private final AtomicBoolean isTold = new AtomicBoolean();
  private final ScheduledThreadPoolExecutor thread;
  private Optional<HttpClient> client = Optional.empty();
  private Runnable deaf = () -> {};
  private Runnable blind = () -> {};

  private Webhooks(Path spools, News news, InstantSource clock, Limits limits) {
    this.spools = spools;
    this.news = news;
    this.clock = clock;
    this.limits = limits;
    thread =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              var made = new Thread(work, "tas-webhooks");
              made.setDaemon(true);
              return made;
            },
            new ThreadPoolExecutor.DiscardPolicy());
  }

  /**
   * Opens the hooks of a file and begins to tell them; none when there is no file.
   *
   * @param settings the file
   * @param spools directory for what waits to be told; made when it is needed
   * @throws SettingsException when the file cannot be understood
   * @throws IOException when what waits cannot be kept
   */
  public static Webhooks open(Path settings, Path spools, News news, InstantSource clock)
      throws IOException {
    return open(settings, spools, news, clock, Limits.USUAL);
  }

  static Webhooks open(Path settings, Path spools, News news, InstantSource clock, Limits limits)
      throws IOException {
    var opened = new Webhooks(spools, news, clock, limits);
    try {
      var watch = FileWatch.start(settings, () -> opened.readAgain(settings));
      opened.blind = watch::close;
      opened.start(read(settings));
      return opened;
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  static Webhooks open(List<Hook> hooks, Path spools, News news, InstantSource clock, Limits limits)
      throws IOException {
    var opened = new Webhooks(spools, news, clock, limits);
    opened.start(hooks);
    return opened;
  }

  /** The hooks of a file, in its order. */
  static List<Hook> read(Path settings) throws IOException {
    Map<String, Hook> hooks = new TreeMap<>();
    if (Files.notExists(settings)) {
      return List.of();
    }
    int number = 0;
    for (String line : Files.readAllLines(settings, StandardCharsets.UTF_8)) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      try {
        add(hooks, Hook.parse(line));
      } catch (IllegalArgumentException e) {
        throw new SettingsException(
            "%s line %d: %s".formatted(settings.getFileName(), number, e.getMessage()), e);
      }
    }
    return List.copyOf(hooks.values());
  }

  private static void add(Map<String, Hook> hooks, Hook hook) {
    if (hooks.putIfAbsent(hook.id(), hook) != null) {
      throw new IllegalArgumentException(
          "there is a webhook " + hook.id() + " already; give it another id");
    }
    if (hooks.size() > MOST) {
      throw new IllegalArgumentException("there are more than " + MOST + " webhooks; remove some");
    }
  }

  private void start(List<Hook> hooks) throws IOException {
    var added = add(hooks);
    thread.execute(() -> added.forEach(Delivery::begin));
    deaf = news.listen(some -> tell());
    tell();
  }

  /** Opens what waits for hooks that there were not. */
  private List<Delivery> add(List<Hook> hooks) throws IOException {
    var added = new ArrayList<Delivery>();
    for (var hook : hooks) {
      if (!deliveries.containsKey(hook.id())) {
        PrivateFile.createDirectory(spools);
        var spool = Spool.open(spools.resolve(hook.id() + ".spool"), limits.octets());
        var delivery =
            new Delivery(hook, spool, news, new Delivery.Around(client(), thread, clock, limits));
        deliveries.put(hook.id(), delivery);
        added.add(delivery);
      }
    }
    if (!added.isEmpty()) {
      LOG.atInfo()
          .addKeyValue("hooks", added.stream().map(Delivery::hook).toList())
          .log("webhooks are told of tests");
    }
    return added;
  }

  /** One for all; a service without hooks has none. */
  private HttpClient client() {
    var made =
        client.orElseGet(
            () ->
                HttpClient.newBuilder()
                    .connectTimeout(limits.deadline())
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .version(HttpClient.Version.HTTP_1_1)
                    .build());
    client = Optional.of(made);
    return made;
  }

  /** On the thread of the watch. */
  private void readAgain(Path settings) {
    try {
      var hooks = read(settings);
      thread.execute(() -> change(hooks));
    } catch (IOException | SettingsException e) {
      LOG.atWarn()
          .addKeyValue("error", e.getMessage())
          .log("webhooks stay as they are: their file cannot be used");
    }
  }

  private void change(List<Hook> hooks) {
    for (var delivery : List.copyOf(deliveries.values())) {
      if (!hooks.contains(delivery.hook())) {
        delivery.end();
        var told = delivery.counts();
        past.updateAndGet(
            it -> it.plus(new WebhookCounts(0, told.delivered(), told.failed(), /* waiting= */ 0)));
        deliveries.remove(delivery.hook().id());
        LOG.atInfo().addKeyValue("hook", delivery.hook()).log("webhook is told no more");
      }
    }
    try {
      add(hooks).forEach(Delivery::begin);
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("a webhook cannot begin: what waits for it cannot be kept");
    }
  }

  /** What became of the events of all hooks, since the start. */
  public WebhookCounts counts() {
    return deliveries.values().stream()
        .map(Delivery::counts)
        .reduce(past.get(), WebhookCounts::plus);
  }

  /** On the thread of the news: returns at once. */
  private void tell() {
    if (!deliveries.isEmpty() && !isTold.getAndSet(true)) {
      thread.execute(
          () -> {
            isTold.set(false);
            deliveries.values().forEach(Delivery::goOn);
          });
    }
  }

  /** Ends; what was not taken waits for the next start. May be called again. */
  @Override
  public synchronized void close() {
    if (thread.isShutdown()) {
      return;
    }
    blind.run();
    deaf.run();
    var ended = thread.submit(() -> deliveries.values().forEach(Delivery::end));
    try {
      ended.get(LAST_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.atWarn().setCause(e).log("webhooks did not end; what happened last may not be told");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      thread.shutdownNow();
    }
  }
}
