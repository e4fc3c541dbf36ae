package com.nokia.ci.tas.ciproxy;

import com.nokia.ci.tas.ciproxy.detector.Detector;
import com.nokia.ci.tas.ciproxy.detector.DetectorProvider;
import com.nokia.ci.tas.commons.launch.Arguments;
import com.nokia.ci.tas.commons.launch.Daemon;
import com.nokia.ci.tas.commons.launch.Option;
import com.nokia.ci.tas.commons.launch.ParsedArguments;
import com.nokia.ci.tas.commons.model.SettingsException;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Starts the bridge: {@code java -jar CIProxy.jar}. */
public final class CiProxyBridge {
  private static final String HOST = "CIProxyHostname";
  private static final String PORT = "CIProxyPortNumber";
  private static final String MODELS = "DeviceModels";

  private CiProxyBridge() {}

  public static void main(String[] args) {
    var providers =
        ServiceLoader.load(DetectorProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    int code =
        Daemon.run(
            CiProxyBridge.class,
            arguments(providers),
            (arguments, end) -> start(arguments, providers, end),
            args);
    System.exit(code);
  }

  static Arguments arguments(List<DetectorProvider> providers) {
    var arguments =
        Arguments.of(
                "CIProxy.jar",
                "Tells the communicators of a test node which products are plugged in.")
            .with(
                Option.value(
                    PORT, "14999", "Port for communicators; 0 lets the system choose a free one."),
                Option.value(
                    HOST,
                    "localhost",
                    "Address to listen on. The protocol has no passwords: leave it on this machine"
                        + " unless the network is yours."),
                Option.value(
                    MODELS,
                    "File that says what the farm calls devices, such as"
                        + " model:Pixel 7; -> rm-code:RM-980; a line each. It may be edited while"
                        + " the bridge runs."));
    providers.forEach(it -> arguments.with(it.options().toArray(Option[]::new)));
    return arguments
        .example("SimulatedProducts=3 AdbDetector=off")
        .example("DeviceModels=models.txt")
        .example("\"Command=/opt/bench/list-boards --json\" CommandPeriod=10")
        .remark(
            "Products of SimulatedProducts= are plugged and unplugged by typing: help lists the"
                + " commands.");
  }

  private static AutoCloseable start(
      ParsedArguments arguments, List<DetectorProvider> providers, Runnable end) {
    var address = address(arguments.text(HOST), arguments.port(PORT));
    var detectors = new ArrayList<Detector>();
    providers.forEach(it -> it.detector(arguments).ifPresent(detectors::add));
    var bridge = BridgeProgram.start(address, detectors, arguments.given(MODELS).map(Path::of));
    if (!bridge.plugboards().isEmpty() && Terminal.isOurs()) {
      startPrompt(bridge, end);
    }
    return bridge;
  }

  private static InetSocketAddress address(String host, int port) {
    var address =
        host.equalsIgnoreCase("localhost")
            ? new InetSocketAddress(InetAddress.getLoopbackAddress(), port)
            : new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new SettingsException(
          "argument %s=%s is not an address of this machine".formatted(HOST, host));
    }
    return address;
  }

  private static void startPrompt(BridgeProgram bridge, Runnable end) {
    var prompt = new Prompt(bridge.plugboards(), System.out, end);
    var in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    var thread = new Thread(() -> prompt.obey(in), "tas-prompt");
    thread.setDaemon(true);
    thread.start();
  }
}
