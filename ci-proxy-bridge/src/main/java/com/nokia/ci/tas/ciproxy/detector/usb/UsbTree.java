package com.nokia.ci.tas.ciproxy.detector.usb;

import com.nokia.ci.tas.ciproxy.detector.Device;
import com.nokia.ci.tas.ciproxy.detector.Facts;
import com.nokia.ci.tas.ciproxy.detector.PollingDetector;
import com.nokia.ci.tas.ciproxy.detector.SerialNumber;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The USB devices of this machine as Linux shows them: a directory for each, named after bus and
 * ports ({@code 1-1.4}), with a file for each thing that the device says. Hubs are left out.
 *
 * <p>None of them has an RM code: which of them are products the farm's own list says. A device is
 * read once; afterwards one look costs a list of the directory and a number for each device. Used
 * by one thread.
 */
final class UsbTree implements PollingDetector.Source {
  /** More than a machine has ports. */
  static final int MOST = 1_000;

  private static final Pattern NAME = Pattern.compile("\\d{1,3}-\\d{1,3}(\\.\\d{1,3}){0,6}");
  private static final Pattern NUMBER = Pattern.compile("[0-9a-f]{4}");
  private static final String HUB = "09";
  private static final int LONGEST = 512;

  private final Path root;
  private Map<String, Seen> known = Map.of();

  /** What a device is as long as it has this number, which it gets anew at each plugging. */
  private record Seen(String number, Optional<Device> device) {}

  /**
   * The tree below a directory.
   *
   * @param root {@code /sys/bus/usb/devices}
   */
  UsbTree(Path root) {
    this.root = root;
  }

  @Override
  public List<Device> look() throws IOException {
    var now = new HashMap<String, Seen>();
    for (var name : names()) {
      String number = read(name, "devnum");
      Seen former = known.get(name);
      boolean isSame = former != null && former.number().equals(number);
      now.put(name, isSame ? former : new Seen(number, describe(name)));
    }
    known = now;
    return now.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .flatMap(it -> it.getValue().device().stream())
        .limit(MOST)
        .toList();
  }

  private List<String> names() throws IOException {
    if (!Files.isDirectory(root)) {
      throw new IOException(root + " is not there: this machine shows no USB devices");
    }
    try (Stream<Path> entries = Files.list(root)) {
      return entries
          .map(it -> it.getFileName().toString())
          .filter(it -> NAME.matcher(it).matches())
          .limit(2L * MOST)
          .toList();
    }
  }

  private Optional<Device> describe(String name) {
    String vendor = read(name, "idVendor");
    String product = read(name, "idProduct");
    boolean isDevice = NUMBER.matcher(vendor).matches() && NUMBER.matcher(product).matches();
    if (!isDevice || read(name, "bDeviceClass").equals(HUB)) {
      return Optional.empty();
    }
    String serial = read(name, "serial");
    String key = Device.key(serial);
    Facts facts =
        Facts.of(
            Map.of(
                Facts.SERIAL_NUMBER,
                serial,
                Facts.USB,
                vendor + ":" + product,
                Facts.CABLE,
                "usb:" + name,
                "manufacturer",
                read(name, "manufacturer"),
                "model",
                read(name, "product")));
    return Optional.of(
        new Device(
            SerialNumber.tellsApart(serial) && !key.isEmpty() ? key : "usb-" + name,
            "",
            "usb:" + name,
            "usb-" + name,
            "",
            facts));
  }

  /** What a file says; empty when there is none, as for a device that is just being unplugged. */
  private String read(String name, String file) {
    try (InputStream in = Files.newInputStream(root.resolve(name).resolve(file))) {
      return new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
