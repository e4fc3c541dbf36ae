package com.nokia.ci.tas.ciproxy.detector.usb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** A directory that looks like the one in which Linux lists USB devices. */
final class FakeUsb {
  private final Path root;
  private int devices;

  FakeUsb(Path root) {
    this.root = root;
  }

  Path root() {
    return root;
  }

  /** Plugs in a device, complete at once as the system does it. */
  void plug(String port, Map<String, String> files) throws IOException {
    Files.createDirectories(root);
    Path next = Files.createDirectory(root.resolve("next"));
    Files.writeString(next.resolve("devnum"), ++devices + "\n");
    for (var it : files.entrySet()) {
      Files.writeString(next.resolve(it.getKey()), it.getValue() + "\n");
    }
    Files.move(next, root.resolve(port));
  }

  void board(String port, String serial) throws IOException {
    plug(
        port,
        Map.of(
            "idVendor", "0451",
            "idProduct", "bef3",
            "bDeviceClass", "00",
            "serial", serial,
            "manufacturer", "Maker",
            "product", "Board"));
  }

  void unplug(String port) throws IOException {
    delete(root.resolve(port));
  }

  /** The system has no USB. */
  void removeAll() throws IOException {
    delete(root);
  }

  private static void delete(Path path) throws IOException {
    if (Files.notExists(path)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(path)) {
      tree.sorted(Comparator.reverseOrder()).forEach(FakeUsb::deleteOne);
    }
  }

  private static void deleteOne(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
