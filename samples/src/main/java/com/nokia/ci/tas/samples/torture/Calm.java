package com.nokia.ci.tas.samples.torture;

import com.nokia.ci.tas.samples.farm.Program;
import com.nokia.ci.tas.samples.torture.TortureSettings.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The time after a storm, in which a farm has to come to rest: clients have no tests left, products
 * are free, nothing waits, nothing runs.
 */
final class Calm {
  /** Far more than it takes for all programs to find each other again. */
  private static final Duration TO_RETURN = Duration.ofSeconds(90);

  /** A test that was accepted at the last moment has its timeout, and what it held its lease. */
  private static final Duration TO_END =
      Duration.ofMillis(Long.parseLong(Order.TIMEOUT_MILLIS)).plusSeconds(60);

  private static final Duration PAUSE = Duration.ofMillis(100);

  private final TorturedFarm farm;
  private final int products;
  private final List<String> complaints = new ArrayList<>();

  Calm(TorturedFarm farm, int products) {
    this.farm = farm;
    this.products = products;
  }

  /** Waits for all of it; a sentence for each thing that did not come about. */
  List<String> await() throws Exception {
    if (!within(TO_RETURN, () -> farm.isHealthy() && farm.products().size() == products)) {
      complaints.add("the farm did not come back within " + TO_RETURN.toSeconds() + " s");
    }
    for (Victim client : farm.victims(Kind.CLIENT)) {
      if (client.program().orElseThrow().isRunning()) {
        client.program().orElseThrow().type("no more");
      }
    }
    for (Victim client : farm.victims(Kind.CLIENT)) {
      Program program = client.program().orElseThrow();
      if (!within(TO_END, () -> !program.isRunning())) {
        complaints.add(client.name() + "." + client.lives() + " still waits for its tests");
      } else if (program.exitCode() != 0) {
        complaints.add(client.name() + " ended with exit code " + program.exitCode());
      } else {
        client.bury();
      }
    }
    lookAtFarm();
    lookAtLocks();
    return List.copyOf(complaints);
  }

  private void lookAtFarm() throws Exception {
    boolean isAtRest =
        within(
            TO_END,
            () ->
                farm.openTests().isEmpty()
                    && farm.products().stream()
                        .allMatch(it -> it.path("status").asText().equals("free")));
    if (!isAtRest) {
      farm.openTests().forEach(it -> complaints.add("a test did not end: " + it));
      farm.products().stream()
          .filter(it -> !it.path("status").asText().equals("free"))
          .forEach(it -> complaints.add("a product did not become free: " + it));
      complaints.add("the farm did not come to rest within " + TO_END.toSeconds() + " s");
    }
  }

  /** Nobody uses a product that is free. */
  private void lookAtLocks() throws IOException {
    try (Stream<Path> files = Files.list(farm.notes())) {
      for (Path lock : files.filter(it -> it.toString().endsWith(".lock")).toList()) {
        if (TorturedFarm.isLocked(lock)) {
          complaints.add(
              "a process that was left behind still uses "
                  + lock.getFileName().toString().replace(".lock", ""));
        }
      }
    }
  }

  private static boolean within(Duration limit, Callable<Boolean> claim) throws Exception {
    long end = System.nanoTime() + limit.toNanos();
    boolean holds = isTrue(claim);
    while (!holds && System.nanoTime() < end) {
      LockSupport.parkNanos(PAUSE.toNanos());
      holds = isTrue(claim);
    }
    return holds;
  }

  /** A service that does not answer at the moment is asked again. */
  private static boolean isTrue(Callable<Boolean> claim) throws Exception {
    try {
      return claim.call();
    } catch (IOException e) {
      return false;
    }
  }
}
