package com.nokia.ci.tas.ciproxy.sighting;

import com.nokia.ci.tas.ciproxy.detector.Detector;
import com.nokia.ci.tas.ciproxy.detector.Device;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that the detectors of a bridge see, as the products of its node. Owns the detectors.
 *
 * <p>A signal says that something may have changed; products are looked at by one thread.
 */
public final class Sightings implements AutoCloseable {
  private final List<Source> sources;
  private final Optional<DeviceModelsFile> models;
  private final InstantSource time;
  private final Cables cables = new Cables();

  private record Source(Detector detector, Damper damper) {}

  /**
   * Nothing is looked at before the start.
   *
   * @param models the file in which the farm's names for devices are, if there is one
   * @param tolerance of bad cables
   * @param time that passes and never goes back
   * @throws com.nokia.ci.tas.commons.model.SettingsException when the file cannot be read
   */
  public Sightings(
      List<Detector> detectors, Optional<Path> models, Tolerance tolerance, InstantSource time) {
    this.models = models.map(DeviceModelsFile::new);
    this.sources = detectors.stream().map(it -> new Source(it, new Damper(tolerance))).toList();
    this.time = time;
  }

  /** Begins to look; {@code changed} is run by any thread when the products may have changed. */
  public void start(Runnable changed) {
    models.ifPresent(it -> it.start(changed));
    sources.forEach(it -> it.detector().start(changed));
  }

  /** The products that are plugged in now, no two with one IMEI. Never blocks. */
  public List<Device> products() {
    DeviceModels names = models.map(DeviceModelsFile::models).orElseGet(DeviceModels::none);
    Instant now = time.instant();
    var seen = new ArrayList<List<Device>>();
    for (var source : sources) {
      List<Device> named =
          source.detector().devices().stream().flatMap(it -> names.named(it).stream()).toList();
      seen.add(source.damper().steady(named, now));
    }
    return cables.join(seen);
  }

  /** After how long the products may change without a signal; empty: not at all. */
  public Optional<Duration> untilTheyChange() {
    Instant now = time.instant();
    return sources.stream()
        .flatMap(it -> it.damper().untilSomethingChanges(now).stream())
        .min(Duration::compareTo);
  }

  @Override
  public void close() {
    models.ifPresent(DeviceModelsFile::close);
    sources.forEach(it -> it.detector().close());
  }
}
