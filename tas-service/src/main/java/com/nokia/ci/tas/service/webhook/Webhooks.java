package com.nokia.ci.tas.service.webhook;

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
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hooks of a service, from its start to its end: one thread takes what is new from the news to
 * the spool of each hook, and from there to its receiver. Safe for any thread.
 *
 * <p>The file has a line for each hook: id, project (or {@code -}), secret and address, with blanks
 * between them; {@code #} begins a comment. It is read at the start.
 */
public final class Webhooks implements AutoCloseable {
  /** No service tells more. */
  public static final int MOST = 50;

  private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
  private static final int LAST_SECONDS = 10;

  private final List<Delivery> deliveries = new ArrayList<>();
  private final AtomicBoolean isTold = new AtomicBoolean();
  private final ScheduledThreadPoolExecutor thread;
  private Runnable deaf = () -> {};

  private Webhooks() {
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
    return open(read(settings), spools, news, clock, Limits.USUAL);
  }

  static Webhooks open(List<Hook> hooks, Path spools, News news, InstantSource clock, Limits limits)
      throws IOException {
    var opened = new Webhooks();
    if (!hooks.isEmpty()) {
      opened.start(hooks, spools, news, clock, limits);
    }
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

  private void start(List<Hook> hooks, Path spools, News news, InstantSource clock, Limits limits)
      throws IOException {
    PrivateFile.createDirectory(spools);
    var client =
        HttpClient.newBuilder()
            .connectTimeout(limits.deadline())
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    var around = new Delivery.Around(client, thread, clock, limits);
    for (var hook : hooks) {
      var spool = Spool.open(spools.resolve(hook.id() + ".spool"), limits.octets());
      deliveries.add(new Delivery(hook, spool, news, around));
    }
    thread.execute(() -> deliveries.forEach(Delivery::begin));
    deaf = news.listen(some -> tell());
    tell();
    LOG.atInfo().addKeyValue("hooks", hooks).log("webhooks are told of tests");
  }

  /** On the thread of the news: returns at once. */
  private void tell() {
    if (!isTold.getAndSet(true)) {
      thread.execute(
          () -> {
            isTold.set(false);
            deliveries.forEach(Delivery::goOn);
          });
    }
  }

  /** Ends; what was not taken waits for the next start. May be called again. */
  @Override
  public synchronized void close() {
    if (thread.isShutdown()) {
      return;
    }
    deaf.run();
    var ended = thread.submit(() -> deliveries.forEach(Delivery::end));
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
