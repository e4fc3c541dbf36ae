package com.nokia.ci.tas.ciproxy.detector;

import com.nokia.ci.tas.commons.launch.Option;
import com.nokia.ci.tas.commons.launch.ParsedArguments;
import java.util.List;
import java.util.Optional;

/** Offers {@link AdbDetector}; on unless switched off. */
public final class AdbProvider implements DetectorProvider {
  private static final String ADB_DETECTOR = "AdbDetector";
  private static final String ADB_SERVER = "AdbServer";

  @Override
  public List<Option> options() {
    return List.of(
        Option.value(
            ADB_DETECTOR, "on", "Whether to look for devices of an adb server: on or off."),
        Option.value(
            ADB_SERVER,
            "host:port of the adb server. Without it what ADB_SERVER_SOCKET or"
                + " ANDROID_ADB_SERVER_PORT says, else 127.0.0.1:5037."));
  }

  @Override
  public Optional<Detector> detector(ParsedArguments arguments) {
    return Switch.isOn(arguments, ADB_DETECTOR)
        ? Optional.of(
            new AdbDetector(
                arguments
                    .given(ADB_SERVER)
                    .map(it -> AdbServer.at(ADB_SERVER, it))
                    .orElseGet(() -> AdbServer.of(System::getenv)),
                AdbDetector.Pace.NORMAL))
        : Optional.empty();
  }
}
