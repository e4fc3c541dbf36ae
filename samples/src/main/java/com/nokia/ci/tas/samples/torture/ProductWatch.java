package com.nokia.ci.tas.samples.torture;

import com.fasterxml.jackson.databind.JsonNode;
import com.nokia.ci.tas.samples.farm.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Looks all the time whether a product that the farm has given to a test is still used by another:
 * nodes start no executor on it then, so that executors alone could not tell.
 */
final class ProductWatch implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(300);

  private final TorturedFarm farm;
  private final Set<String> complaints = new TreeSet<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private final Thread thread = new Thread(this::watch, "torture-product-watch");

  ProductWatch(TorturedFarm farm) {
    this.farm = farm;
    thread.setDaemon(true);
  }

  void begin() {
    thread.start();
  }

  /** Ends it: a sentence for each product that was given away too early. */
  Set<String> complaints() throws InterruptedException {
    close();
    thread.join();
    return complaints;
  }

  @Override
  public void close() {
    end.countDown();
  }

  private void watch() {
    try {
      while (!end.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() throws InterruptedException {
    try {
      for (JsonNode product : farm.products()) {
        if (product.path("status").asText().equals("busy")) {
          look(product.path("imei").asText(), product.path("statusDetails").asText());
        }
      }
    } catch (IOException awayOrStalled) {
      // Looked at again in a moment.
      return;
    }
  }

  /** Whoever had it before the farm gave it to this test has ended by then, if all is well. */
  private void look(String imei, String test) throws IOException {
    Path file = farm.notes().resolve(imei + ".holder");
    String[] holder =
        Files.exists(file) ? Files.readString(file).strip().split(" ") : new String[0];
    boolean isOther = holder.length == 2 && !holder[0].equals(test);
    // The next one may have the lock by now, and not have written yet that it has.
    if (isOther
        && TorturedFarm.isLocked(farm.notes().resolve(imei + ".lock"))
        && Processes.isRunning(Long.parseLong(holder[1]))) {
      complaints.add(
          "product " + imei + " was given to " + test + " while " + holder[0] + " used it");
    }
  }
}
