package com.nokia.ci.tas.ciproxy.detector.usb;

import com.nokia.ci.tas.ciproxy.detector.Detector;
import com.nokia.ci.tas.ciproxy.detector.DetectorProvider;
import com.nokia.ci.tas.ciproxy.detector.PollingDetector;
import com.nokia.ci.tas.ciproxy.detector.Switch;
import com.nokia.ci.tas.commons.launch.Option;
import com.nokia.ci.tas.commons.launch.ParsedArguments;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Offers the USB devices of this machine; on where device models say which are products. */
public final class UsbProvider implements DetectorProvider {
  private static final String USB_DETECTOR = "UsbDetector";
  private static final String USB_DEVICES = "UsbDevices";
  private static final String DEVICE_MODELS = "DeviceModels";
  private static final Duration PAUSE = Duration.ofSeconds(2);

  @Override
  public List<Option> options() {
    return List.of(
        Option.value(
            USB_DETECTOR,
            "Whether to look for boards on USB: on or off. Without it on if DeviceModels is given,"
                + " which says by usb:vendor:product; which of them are products."),
        Option.value(
            USB_DEVICES,
            "/sys/bus/usb/devices",
            "Directory in which the system lists its USB devices."));
  }

  @Override
  public Optional<Detector> detector(ParsedArguments arguments) {
    boolean isOn =
        Switch.given(arguments, USB_DETECTOR)
            .orElseGet(() -> arguments.given().containsKey(DEVICE_MODELS));
    return isOn
        ? Optional.of(
            new PollingDetector("usb", PAUSE, new UsbTree(Path.of(arguments.text(USB_DEVICES)))))
        : Optional.empty();
  }
}
