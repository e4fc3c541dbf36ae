package com.nokia.ci.tas.ciproxy.detector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every detector does, whatever its source. */
abstract class DetectorContract {
  private static final long PATIENCE_SECONDS = 30;

  private final Semaphore signals = new Semaphore(0);
  private Detector detector;

  /** A detector, not started, whose source has two devices plugged in. */
  abstract Detector newDetector() throws Exception;

  /** Unplugs one of the two devices. */
  abstract void unplugOne() throws Exception;

  /** Plugs it in again. */
  abstract void plugItAgain() throws Exception;

  final Detector detector() {
    return detector;
  }

  final Detector start() throws Exception {
    detector = newDetector();
    detector.start(signals::release);
    return detector;
  }

  @AfterEach
  final void closeTheDetector() {
    if (detector != null) {
      detector.close();
    }
  }

  @Test
  final void beforeTheStartThereAreNoneThatWereNotAskedFor() throws Exception {
    detector = newDetector();
    assertTrue(detector.devices().size() <= 2);
    assertTrue(detector.name().length() > 1);
  }

  @Test
  final void whatIsPluggedInIsSeenAndSignalled() throws Exception {
    start();
    awaitCount(2);
    assertEquals(2, imeis().size());
  }

  @Test
  final void aDeviceGoesAndComesBackUnderTheSameName() throws Exception {
    start();
    awaitCount(2);
    List<Device> before = detector.devices();
    unplugOne();
    awaitCount(1);
    assertTrue(before.containsAll(detector.devices()));
    plugItAgain();
    awaitCount(2);
    assertEquals(Set.copyOf(before), Set.copyOf(detector.devices()));
  }

  @Test
  final void afterTheEndNothingIsSignalled() throws Exception {
    start();
    awaitCount(2);
    detector.close();
    detector.close();
    signals.drainPermits();
    unplugOne();
    assertEquals(0, signals.drainPermits());
  }

  final void awaitCount(int count) throws InterruptedException {
    await(count + " devices", devices -> devices.size() == count);
  }

  final void awaitImeis(String... imeis) throws InterruptedException {
    await(Set.of(imeis).toString(), devices -> imeis().equals(Set.of(imeis)));
  }

  final Set<String> imeis() {
    return detector.devices().stream().map(Device::imei).collect(Collectors.toSet());
  }

  /** Looks again at each signal, as the bridge does. */
  private void await(String wanted, Predicate<List<Device>> condition) throws InterruptedException {
    while (!condition.test(detector.devices())) {
      if (!signals.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        fail("there should be " + wanted + ", there are " + detector.devices());
      }
    }
  }
}
