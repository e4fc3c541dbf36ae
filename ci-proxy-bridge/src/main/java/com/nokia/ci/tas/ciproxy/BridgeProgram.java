package com.nokia.ci.tas.ciproxy;

import com.nokia.ci.tas.ciproxy.detector.Detector;
import com.nokia.ci.tas.ciproxy.detector.Device;
import com.nokia.ci.tas.ciproxy.detector.Plugboard;
import java.net.InetSocketAddress;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running bridge: detectors on one side, the CI Proxy port on the other. */
public final class BridgeProgram implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BridgeProgram.class);

  private final List<Detector> detectors;
  private final CiProxyServer server;

  private BridgeProgram(InetSocketAddress address, List<Detector> detectors) {
    this.detectors = List.copyOf(detectors);
    this.server = new CiProxyServer(address, this::devices);
  }

  /**
   * Opens the port and starts the detectors, which belong to the bridge from then on.
   *
   * @param address to listen on; port 0 for a free one
   * @throws com.nokia.ci.tas.commons.model.SettingsException when the port cannot be opened
   */
  public static BridgeProgram start(InetSocketAddress address, List<Detector> detectors) {
    var bridge = new BridgeProgram(address, detectors);
    bridge.detectors.forEach(it -> it.start(bridge.server::lookAgain));
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

  /** What is plugged in now, all detectors together. */
  public List<Device> devices() {
    return detectors.stream().flatMap(it -> it.devices().stream()).toList();
  }

  /** The sources whose devices can be plugged by hand. */
  List<Plugboard> plugboards() {
    return detectors.stream().flatMap(it -> it.plugboard().stream()).toList();
  }

  @Override
  public void close() {
    detectors.forEach(Detector::close);
    server.close();
  }
}
