package com.nokia.ci.tas.ciproxy.detector;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The devices that a running adb server knows. It tells of every change by itself; a server that is
 * not there is looked for again every few seconds, and its absence is said once.
 *
 * <p>One thread, {@code tas-adb}, owns what is known. Another waits for the server's lists, and a
 * few ask devices, so that one that does not answer keeps no other waiting. The battery of a device
 * is asked for every minute, all else that may change while it is in every ten.
 */
final class AdbDetector implements Detector {
  private static final Logger LOG = LoggerFactory.getLogger(AdbDetector.class);
  private static final int READERS = 4;
  private static final int ROUNDS = 10;
  private static final int MOST_REMEMBERED = 4_000;

  /**
   * How long to wait.
   *
   * @param again before a lost server or a mute device is tried again
   * @param silence after which the server is asked for its list
   * @param facts before a device is asked for its battery, and each tenth time for everything
   */
  record Pace(Duration again, Duration silence, Duration facts) {
    static final Pace NORMAL =
        new Pace(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMinutes(1));
  }

  private final AdbServer server;
  private final AdbInterview interview;
  private final Pace pace;
  private final ScheduledExecutorService owner =
      Executors.newSingleThreadScheduledExecutor(threads("tas-adb"));
  private final ExecutorService readers =
      Executors.newFixedThreadPool(READERS, threads("tas-adb-properties"));
  private final Thread tracker = new Thread(this::track, "tas-adb-tracking");

  /** Devices that adb calls usable, by serial number; not yet described while they are asked. */
  private final TreeMap<String, Sighting> online = new TreeMap<>();

  /** What a serial number is known by, so that a device stays the same after it was flashed. */
  private final Map<String, String> imeis = new LinkedHashMap<>();

  private volatile List<Device> devices = List.of();
  private volatile Optional<AdbServer.Connection> tracking = Optional.empty();
  private volatile boolean closed;
  private Runnable changed = () -> {};
  private boolean absenceTold;
  private long sightings;

  /** One plugging of a device: its number, and how often it was asked. */
  private record Sighting(long number, String cable, Optional<Device> device, int rounds) {
    Sighting told(Device what) {
      return new Sighting(number, cable, Optional.of(what), rounds + 1);
    }

    boolean isSame(Sighting other) {
      return other != null && number == other.number;
    }
  }

  AdbDetector(AdbServer server, Pace pace) {
    this.server = server;
    this.interview = new AdbInterview(server);
    this.pace = pace;
    tracker.setDaemon(true);
  }

  @Override
  public String name() {
    return "adb";
  }

  @Override
  public void start(Runnable listener) {
    changed = listener;
    tracker.start();
  }

  @Override
  public List<Device> devices() {
    return devices;
  }

  @Override
  public void close() {
    closed = true;
    tracking.ifPresent(AdbDetector::close);
    tracker.interrupt();
    owner.shutdownNow();
    readers.shutdownNow();
  }

  private void track() {
    while (!closed) {
      try (var connection = server.open("host:track-devices-l")) {
        tracking = Optional.of(connection);
        LOG.atInfo().addKeyValue("server", server.address()).log("adb server found");
        absenceTold = false;
        follow(connection);
      } catch (IOException e) {
        lost(e);
      }
      tracking = Optional.empty();
      pause();
    }
  }

  /**
   * Takes each list as it comes. The server does not send one when a device on TCP drops dead, so
   * it is asked when it has said nothing for a while.
   */
  private void follow(AdbServer.Connection connection) throws IOException {
    while (!closed) {
      String list =
          connection.awaitBlock(pace.silence()) ? connection.readBlock() : server.devices();
      Map<String, String> now = AdbDevices.online(list);
      own(() -> see(now));
    }
  }

  private void lost(IOException cause) {
    if (closed) {
      return;
    }
    own(() -> see(Map.of()));
    if (!absenceTold) {
      absenceTold = true;
      LOG.atInfo()
          .addKeyValue("server", server.address())
          .addKeyValue("error", cause.getMessage())
          .log(
              "no adb server, it is looked for again every {} s; AdbDetector=off ends that",
              pace.again().toSeconds());
    }
  }

  private void pause() {
    try {
      TimeUnit.NANOSECONDS.sleep(closed ? 0 : pace.again().toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void see(Map<String, String> cables) {
    boolean gone =
        online.entrySet().removeIf(it -> !it.getValue().cable().equals(cables.get(it.getKey())));
    cables.forEach(
        (serial, cable) -> {
          if (!online.containsKey(serial)) {
            var sighting = new Sighting(++sightings, cable, Optional.empty(), 0);
            online.put(serial, sighting);
            describeLater(serial, sighting, 0);
          }
        });
    if (gone) {
      publish();
    }
  }

  private void describeLater(String serial, Sighting sighting, int failures) {
    Optional<String> knownImei =
        sighting.device().map(Device::imei).or(() -> Optional.ofNullable(imeis.get(serial)));
    submit(
        readers,
        () -> {
          try {
            Device device = ask(serial, sighting, knownImei);
            own(() -> described(serial, sighting, device));
          } catch (IOException e) {
            own(() -> mute(serial, sighting, failures, e));
          }
        });
  }

  private Device ask(String serial, Sighting sighting, Optional<String> knownImei)
      throws IOException {
    Optional<Device> known = sighting.device().filter(it -> sighting.rounds() % ROUNDS != 0);
    return known.isPresent()
        ? interview.withBattery(serial, known.get())
        : interview.describe(serial, sighting.cable(), knownImei);
  }

  private void described(String serial, Sighting sighting, Device device) {
    if (!sighting.isSame(online.get(serial))) {
      return;
    }
    if (!sighting.cable().startsWith("tcp:")) { // there another may come to the same address
      remember(serial, device.imei());
    }
    Sighting described = sighting.told(device);
    online.put(serial, described);
    if (!described.device().equals(sighting.device())) {
      publish();
    }
    describeAgain(serial, described, 0, pace.facts());
  }

  private void remember(String serial, String imei) {
    imeis.put(serial, imei);
    if (imeis.size() > MOST_REMEMBERED) {
      imeis.remove(imeis.keySet().iterator().next());
    }
  }

  /** Asks a device again that does not answer; one that did so before stays what it was. */
  private void mute(String serial, Sighting sighting, int failures, IOException cause) {
    if (!sighting.isSame(online.get(serial))) {
      return;
    }
    boolean isKnown = sighting.device().isPresent();
    if (failures == 0) {
      LOG.atInfo()
          .addKeyValue("serial", serial)
          .addKeyValue("error", cause.getMessage())
          .log(
              isKnown
                  ? "device does not answer any more, it is asked again"
                  : "device does not tell its properties yet, it is asked again");
    }
    describeAgain(serial, sighting, failures + 1, isKnown ? pace.facts() : pace.again());
  }

  private void describeAgain(String serial, Sighting sighting, int failures, Duration pause) {
    if (closed) {
      return;
    }
    var unused =
        owner.schedule(
            () -> {
              if (sighting.isSame(online.get(serial))) {
                describeLater(serial, sighting, failures);
              }
            },
            pause.toNanos(),
            TimeUnit.NANOSECONDS);
  }

  private void publish() {
    devices = online.values().stream().flatMap(it -> it.device().stream()).toList();
    if (!closed) {
      changed.run();
    }
  }

  private void own(Runnable task) {
    submit(owner, task);
  }

  private void submit(ExecutorService executor, Runnable task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      if (!closed) {
        throw e;
      }
    }
  }

  private static void close(AdbServer.Connection connection) {
    try {
      connection.close();
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("connection to the adb server was not closed");
    }
  }

  private static ThreadFactory threads(String name) {
    return task -> {
      var thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
