package com.nokia.ci.tas.ciproxy;

import com.nokia.ci.tas.ciproxy.detector.Detector;
import com.nokia.ci.tas.ciproxy.detector.Plugboard;
import com.nokia.ci.tas.ciproxy.sighting.Sightings;
import com.nokia.ci.tas.ciproxy.sighting.Tolerance;
import com.nokia.ci.tas.commons.launch.SteadyClock;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running bridge: detectors on one side, the CI Proxy port on the other. */
public final class BridgeProgram implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BridgeProgram.class);

  private final List<Detector> detectors;
  private final Sightings sightings;
  private final CiProxyServer server;

  private BridgeProgram(
      InetSocketAddress address, List<Detector> detectors, Optional<Path> models) {
    this.detectors = List.copyOf(detectors);
    this.sightings = new Sightings(detectors, models, Tolerance.NORMAL, SteadyClock.startingNow());
    this.server = new CiProxyServer(address, sightings);
  }

  /**
   * Opens the port and starts the detectors, which belong to the bridge from then on.
   *
   * @param address to listen on; port 0 for a free one
   * @param models the file with the farm's names for devices, if there is one
   * @throws com.nokia.ci.tas.commons.model.SettingsException when the port cannot be opened or the
   *     file cannot be read
   */
  public static BridgeProgram start(
      InetSocketAddress address, List<Detector> detectors, Optional<Path> models) {
    var bridge = new BridgeProgram(address, detectors, models);
    bridge.sightings.start(bridge.server::lookAgain);
    bridge.server.lookAgain();
    LOG.atInfo()
        .addKeyValue("detectors", bridge.detectors.stream().map(Detector::name).toList())
        .log("CI proxy is ready on {}:{}", address.getHostString(), bridge.port());
    return bridge;
  }

  /** The port that is open. */
  public int port() {
    return server.port();
  }

  /** The sources whose devices can be plugged by hand. */
  List<Plugboard> plugboards() {
    return detectors.stream().flatMap(it -> it.plugboard().stream()).toList();
  }

  @Override
  public void close() {
    sightings.close();
    server.close();
  }
}
