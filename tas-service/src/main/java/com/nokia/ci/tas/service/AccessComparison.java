package com.nokia.ci.tas.service;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.service.access.door.AccessMark;
import com.nokia.ci.tas.service.store.sql.Companions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees whether all services on one store, the one that leads and its stand-bys, let the same people
 * and keys in: these are files of each. Says so in the log when it changes, and in {@link
 * #complaints}, until it is closed. Any thread.
 */
final class AccessComparison implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AccessComparison.class);
  private static final Duration ROUND = Duration.ofSeconds(30);
  private static final String LEADS = "L";
  private static final String WAITS = "W";

  private final Companions companions;
  private final Path store;
  private final Endpoint self;
  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            var thread = new Thread(task, "tas-companions");
            thread.setDaemon(true);
            return thread;
          });
  private volatile boolean leads;
  private volatile List<String> complaints = List.of();

  private AccessComparison(Companions companions, Path store, Endpoint self) {
    this.companions = companions;
    this.store = store;
    this.self = self;
  }

  /**
   * Begins to look, now and then.
   *
   * @param companions is closed with it
   * @param store of this service, {@code store/PORT}
   * @param self where this service is found, or will be when it leads
   */
  static AccessComparison begin(Companions companions, Path store, Endpoint self) {
    var comparison = new AccessComparison(companions, store, self);
    comparison.rounds.scheduleWithFixedDelay(
        comparison::look, 0, ROUND.toMillis(), TimeUnit.MILLISECONDS);
    return comparison;
  }

  /** This service leads from now on, and the others see it. */
  void lead() {
    leads = true;
    rounds.execute(this::look);
  }

  /** One sentence for each service that lets others in than this one does. */
  List<String> complaints() {
    return complaints;
  }

  /** Looks once more. */
  synchronized void look() {
    try {
      var own = AccessMark.of(store);
      String text =
          String.join(" ", leads ? LEADS : WAITS, own.people(), own.authority(), self.toString());
      var found = new ArrayList<String>();
      for (String shown : companions.exchange(text)) {
        found.addAll(differences(own, shown));
      }
      found.stream().filter(it -> !complaints.contains(it)).forEach(it -> LOG.atWarn().log(it));
      if (found.isEmpty() && !complaints.isEmpty()) {
        LOG.atInfo().log("all services of the farm let the same people and keys in again");
      }
      complaints = List.copyOf(found);
    } catch (TasException e) {
      LOG.atWarn()
          .addKeyValue("error", e.getMessage())
          .log("whom the other services of the farm let in could not be compared");
    }
  }

  private List<String> differences(AccessMark own, String shown) {
    String[] words = shown.split(" ", 4);
    if (words.length < 4) {
      return List.of(); // a service of another release
    }
    String address = SafeName.shown(words[3]);
    String who =
        words[0].equals(LEADS)
            ? "the service that leads, " + address + ","
            : "the stand-by " + address;
    var found = new ArrayList<String>();
    if (!words[1].equals(own.people())) {
      found.add(
          who
              + " knows other people, projects or keys than this service: make its access.json the"
              + " same as "
              + store.resolve("access.json"));
    }
    if (!words[2].equals(own.authority())) {
      found.add(
          who
              + " has another authority than this service, so that key files are good for one of"
              + " the two alone: make its keys the same as "
              + store.resolve("keys"));
    }
    return found;
  }

  @Override
  public void close() {
    rounds.shutdownNow();
    companions.close();
  }
}
