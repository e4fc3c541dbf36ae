package com.nokia.ci.tas.ciproxy.detector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What every detector does, whatever its source. */
@Isolated("it looks at every thread and process of the Java machine")
public abstract class DetectorContract {
  private static final long PATIENCE_SECONDS = 60;

  private final Semaphore signals = new Semaphore(0);
  private Detector detector;

  /** A detector, not started, whose source has two devices plugged in. */
  protected abstract Detector newDetector() throws Exception;

  /** Unplugs one of the two devices. */
  protected abstract void unplugOne() throws Exception;

  /** Plugs it in again. */
  protected abstract void plugItAgain() throws Exception;

  protected final Detector detector() {
    return detector;
  }

  protected final Detector start() throws Exception {
    make();
    detector.start(signals::release);
    return detector;
  }

  /** Makes the detector without starting it. */
  final void make() throws Exception {
    detector = newDetector();
  }

  final void startWhatIsMade() {
    detector.start(signals::release);
  }

  @AfterEach
  final void closeTheDetector() {
    if (detector != null) {
      detector.close();
    }
  }

  @Test
  final void beforeTheStartThereAreNoneThatWereNotAskedFor() throws Exception {
    make();
    assertTrue(detector.devices().size() <= 2);
    assertTrue(detector.name().length() > 1);
  }

  @Test
  final void whatIsPluggedInIsSeenAndSignalled() throws Exception {
    start();
    awaitCount(2);
    assertEquals(2, imeis().size());
    assertEquals(
        2,
        detector.devices().stream().map(Device::connectionId).collect(Collectors.toSet()).size());
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

  @Test
  final void afterTheEndNoThreadAndNoProcessIsLeft() throws Exception {
    make();
    Set<Thread> threads = Thread.getAllStackTraces().keySet();
    Set<ProcessHandle> processes = processes();
    startWhatIsMade();
    awaitCount(2);
    var newThreads = new HashSet<>(Thread.getAllStackTraces().keySet());
    newThreads.removeAll(threads);
    var newProcesses = new HashSet<>(processes());
    newProcesses.removeAll(processes);
    detector.close();
    for (var thread : newThreads) {
      if (thread.getName().startsWith("tas-")) {
        thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        assertFalse(thread.isAlive(), thread.getName());
      }
    }
    for (var process : newProcesses) {
      process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static Set<ProcessHandle> processes() {
    return ProcessHandle.current().descendants().collect(Collectors.toSet());
  }

  protected final void awaitCount(int count) throws InterruptedException {
    await(count + " devices", devices -> devices.size() == count);
  }

  protected final void awaitImeis(String... imeis) throws InterruptedException {
    await(Set.of(imeis).toString(), devices -> imeis().equals(Set.of(imeis)));
  }

  protected final Set<String> imeis() {
    return detector.devices().stream().map(Device::imei).collect(Collectors.toSet());
  }

  /** Looks again at each signal, as the bridge does. */
  protected final void await(String wanted, Predicate<List<Device>> condition)
      throws InterruptedException {
    while (!condition.test(detector.devices())) {
      if (!signals.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        fail("there should be " + wanted + ", there are " + detector.devices());
      }
    }
  }
}
