package com.nokia.ci.tas.ciproxy.detector.ios;

import com.nokia.ci.tas.ciproxy.detector.Detector;
import com.nokia.ci.tas.ciproxy.detector.DetectorProvider;
import com.nokia.ci.tas.ciproxy.detector.PollingDetector;
import com.nokia.ci.tas.ciproxy.detector.Switch;
import com.nokia.ci.tas.commons.launch.Option;
import com.nokia.ci.tas.commons.launch.ParsedArguments;
import com.nokia.ci.tas.commons.launch.SteadyClock;
import com.nokia.ci.tas.commons.model.SettingsException;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Offers iOS devices; on where the programs of libimobiledevice are installed. */
public final class IosProvider implements DetectorProvider {
  private static final String IOS_DETECTOR = "IosDetector";
  private static final Duration PAUSE = Duration.ofSeconds(10);
  private static final Duration AGAIN = Duration.ofMinutes(1);

  @Override
  public List<Option> options() {
    return List.of(
        Option.value(
            IOS_DETECTOR,
            "Whether to look for iOS devices with idevice_id and ideviceinfo: on or off. Without it"
                + " on if they are installed."));
  }

  @Override
  public Optional<Detector> detector(ParsedArguments arguments) {
    Optional<Boolean> wanted = Switch.given(arguments, IOS_DETECTOR);
    if (wanted.equals(Optional.of(false))) {
      return Optional.empty();
    }
    Optional<Path> tools =
        IosTools.find(System.getenv().getOrDefault("PATH", ""), File.pathSeparator);
    if (wanted.isPresent() && tools.isEmpty()) {
      throw new SettingsException(
          "argument IosDetector=on needs idevice_id and ideviceinfo on the PATH; install"
              + " libimobiledevice (Debian: libimobiledevice-utils)");
    }
    return tools.map(
        it ->
            new PollingDetector("ios", PAUSE, new IosTools(it, SteadyClock.startingNow(), AGAIN)));
  }
}
