package com.nokia.ci.tas.communicator.facts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which {@code adb} this machine has: asked once, told from when it has answered, left out when
 * there is none or it does not answer in time.
 */
public final class AdbVersion implements FactSource {
  private static final Logger LOG = LoggerFactory.getLogger(AdbVersion.class);
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int LONGEST_ANSWER = 4_096;
  private static final Pattern VERSION =
      Pattern.compile("(?m)^(?:Version|Android.* version) (\\S+)");

  private final AtomicReference<Map<String, String>> found = new AtomicReference<>(Map.of());

  private AdbVersion() {}

  /** Begins to ask the {@code adb} on {@code PATH}. */
  public static AdbVersion ask() {
    return ask(List.of("adb", "version"), LIMIT);
  }

  static AdbVersion ask(List<String> command, Duration limit) {
    var version = new AdbVersion();
    var thread = new Thread(() -> version.find(command, limit), "tas-adb-version");
    thread.setDaemon(true);
    thread.start();
    return version;
  }

  @Override
  public Map<String, String> facts() {
    return found.get();
  }

  private void find(List<String> command, Duration limit) {
    try {
      var adb = new ProcessBuilder(command).redirectErrorStream(true).start();
      try {
        adb.getOutputStream().close();
        var killed =
            CompletableFuture.runAsync(
                adb::destroyForcibly,
                CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS));
        read(new String(adb.getInputStream().readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8));
        killed.cancel(false);
      } finally {
        adb.destroyForcibly();
      }
    } catch (IOException e) {
      LOG.atDebug().addKeyValue("error", e.getMessage()).log("no adb was found");
    }
  }

  /** The line of the package before that of the protocol, which hardly ever changes. */
  private void read(String answer) {
    VERSION
        .matcher(answer)
        .results()
        .reduce((first, last) -> last)
        .ifPresent(it -> found.set(Map.of("adb-version", it.group(1))));
  }
}
