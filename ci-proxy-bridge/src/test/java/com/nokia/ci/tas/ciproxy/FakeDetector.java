package com.nokia.ci.tas.ciproxy;

import com.nokia.ci.tas.ciproxy.detector.Detector;
import com.nokia.ci.tas.ciproxy.detector.Device;
import java.util.List;

/** A detector that sees what a test wants it to see. */
final class FakeDetector implements Detector {
  private volatile List<Device> devices = List.of();
  private volatile Runnable changed = () -> {};

  void sees(Device... present) {
    devices = List.of(present);
    changed.run();
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public void start(Runnable listener) {
    changed = listener;
    listener.run();
  }

  @Override
  public List<Device> devices() {
    return devices;
  }

  @Override
  public void close() {
    changed = () -> {};
  }
}
