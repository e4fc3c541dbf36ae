package com.nokia.ci.tas.ciproxy.sighting;

import com.nokia.ci.tas.ciproxy.detector.Device;
import com.nokia.ci.tas.ciproxy.detector.Facts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a cable that goes in and out again and again from troubling the farm: it counts as out
 * until it has been in for a while, and it is said once which cable that is.
 *
 * <p>Only devices that say which cable they hang on are damped: one that is plugged by a word does
 * what it is told. Not thread-safe.
 */
final class Damper {
  private static final Logger LOG = LoggerFactory.getLogger(Damper.class);
  private static final int MOST_CABLES = 2_000;

  private final Tolerance tolerance;
  private final Map<String, Cable> cables = new LinkedHashMap<>();

  /** What is known of one device on one connection. */
  private static final class Cable {
    private final Deque<Instant> outs = new ArrayDeque<>();
    private boolean isIn;
    private boolean isHeldOut;
    private Instant since = Instant.MIN;
    private Instant toldUntil = Instant.MIN;
  }

  Damper(Tolerance tolerance) {
    this.tolerance = tolerance;
  }

  /** Those of the devices that are to be believed, with a fact more where their cable was bad. */
  List<Device> steady(List<Device> seen, Instant now) {
    Set<String> present = new HashSet<>();
    for (var device : seen) {
      if (device.facts().get(Facts.CABLE).isPresent()) {
        present.add(key(device));
        in(cables.computeIfAbsent(key(device), it -> new Cable()), device, now);
      }
    }
    cables.forEach((key, cable) -> settle(present.contains(key), cable, now));
    forget(now);
    return seen.stream().flatMap(it -> believed(it, now).stream()).toList();
  }

  /** In how long something changes though no detector signals; empty: not at all. */
  Optional<Duration> untilSomethingChanges(Instant now) {
    return cables.values().stream()
        .filter(it -> it.isIn && (it.isHeldOut || it.toldUntil.isAfter(now)))
        .map(it -> it.isHeldOut ? it.since.plus(tolerance.settled()) : it.toldUntil)
        .min(Instant::compareTo)
        .map(it -> it.isAfter(now) ? Duration.between(now, it) : Duration.ZERO);
  }

  private void in(Cable cable, Device device, Instant now) {
    if (!cable.isIn) {
      cable.isIn = true;
      cable.since = now;
      forgetOldOuts(cable, now);
      if (!cable.isHeldOut && cable.outs.size() >= tolerance.outs()) {
        cable.isHeldOut = true;
        LOG.atWarn()
            .addKeyValue("product", device.imei())
            .addKeyValue("connection", device.connectionName())
            .addKeyValue("cable", device.facts().get(Facts.CABLE).orElse(""))
            .log(
                "the cable went out {} times within {} s: the product counts as unplugged until it"
                    + " has been in for {} s; change the cable or the port",
                cable.outs.size(),
                tolerance.window().toSeconds(),
                tolerance.settled().toSeconds());
      }
    }
  }

  private void settle(boolean isPresent, Cable cable, Instant now) {
    if (!isPresent && cable.isIn) {
      cable.isIn = false;
      cable.since = now;
      cable.outs.addLast(now);
      if (cable.outs.size() > tolerance.outs()) {
        cable.outs.removeFirst();
      }
    }
    if (cable.isIn && cable.isHeldOut && !now.isBefore(cable.since.plus(tolerance.settled()))) {
      cable.isHeldOut = false;
      cable.toldUntil = now.plus(tolerance.told());
    }
    forgetOldOuts(cable, now);
  }

  private void forgetOldOuts(Cable cable, Instant now) {
    Instant window = now.minus(tolerance.window());
    cable.outs.removeIf(it -> it.isBefore(window));
  }

  private Optional<Device> believed(Device device, Instant now) {
    Cable cable = cables.get(key(device));
    if (cable == null) {
      return Optional.of(device);
    }
    if (cable.isHeldOut) {
      return Optional.empty();
    }
    return Optional.of(cable.toldUntil.isAfter(now) ? told(device) : device);
  }

  private Device told(Device device) {
    String what =
        "out %d times within %d s at %s"
            .formatted(
                tolerance.outs(),
                tolerance.window().toSeconds(),
                device.facts().get(Facts.CABLE).orElse(""));
    return device.with(device.facts().with(Facts.FLAPPING, what));
  }

  /** What is out and was not bad lately; of too many the oldest. */
  private void forget(Instant now) {
    cables.values().removeIf(it -> !it.isIn && it.outs.isEmpty() && !it.toldUntil.isAfter(now));
    var oldest = cables.values().iterator();
    for (int excess = cables.size() - MOST_CABLES; excess > 0; excess--) {
      oldest.next();
      oldest.remove();
    }
  }

  private static String key(Device device) {
    return device.connectionId() + "|" + device.imei();
  }
}
