package com.nokia.ci.tas.ciproxy.detector;

import java.util.List;
import java.util.Optional;

/**
 * A source of devices: simulated ones, the adb server, and whatever else a farm has.
 *
 * <p>A detector signals that something may have changed, and whoever wants to know looks again. So
 * signals may be repeated or merged and nothing is lost.
 */
public interface Detector extends AutoCloseable {

  /** One or two words for logs: {@code adb}. */
  String name();

  /**
   * Begins to look for devices and returns without waiting for any.
   *
   * @param changed to be run after each change, by any thread; returns at once and never throws
   */
  void start(Runnable changed);

  /**
   * The devices plugged in now, each connection once, in a stable order; none before the start that
   * were not asked for. Never blocks; safe for any thread.
   */
  List<Device> devices();

  /** Plugging by hand, where this source can do it. */
  default Optional<Plugboard> plugboard() {
    return Optional.empty();
  }

  /** Ends looking; signals nothing afterwards. To be called any number of times. */
  @Override
  void close();
}
