package com.nokia.ci.tas.samples.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The machine that figures are taken on, in words. */
final class Machine {
  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final double KILOBYTES_IN_A_GIGABYTE = 1 << 20;

  private Machine() {}

  /** One line: cores, memory, system, Java, and how busy it was before the first figure. */
  static String describe() throws IOException {
    return String.format(
        Locale.ROOT,
        "machine: %d cores, %s, %s %s, Java %s, load %.2f",
        Runtime.getRuntime().availableProcessors(),
        memory(),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.version().feature(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static String memory() throws IOException {
    if (!Files.isReadable(MEMORY)) {
      return "memory not known";
    }
    return Files.readAllLines(MEMORY).stream()
        .filter(line -> line.startsWith("MemTotal:"))
        .findFirst()
        .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .map(
            kilobytes -> String.format(Locale.ROOT, "%.0f GB", kilobytes / KILOBYTES_IN_A_GIGABYTE))
        .orElse("memory not known");
  }
}
