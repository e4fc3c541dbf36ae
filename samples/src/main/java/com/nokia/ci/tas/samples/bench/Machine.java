package com.nokia.ci.tas.samples.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;

/** The machine that figures are taken on, in words. */
final class Machine {
  private static final int BLOCK = 4096;
  private static final int COMMITS = 200;
  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final double KILOBYTES_IN_A_GIGABYTE = 1 << 20;

  private Machine() {}

  /** One line: cores, memory, disk, system, Java, and how busy it was before the first figure. */
  static String describe(Path scratch) throws IOException {
    return String.format(
        Locale.ROOT,
        "%d cores, %s, a disk that has 4 KB for certain after %.2f ms, %s %s, Java %s, load %.2f",
        Runtime.getRuntime().availableProcessors(),
        memory(),
        commit(scratch.resolve("commits")),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.version().feature(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  /** Milliseconds that a block takes which is appended to a file, data alone; the median. */
  private static double commit(Path file) throws IOException {
    var block = ByteBuffer.allocateDirect(BLOCK);
    double[] times = new double[COMMITS];
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int i = 0; i < COMMITS; i++) {
        block.clear();
        long begin = System.nanoTime();
        channel.write(block);
        channel.force(/* metaData= */ false);
        times[i] = (System.nanoTime() - begin) / 1e6;
      }
    } finally {
      Files.deleteIfExists(file);
    }
    Arrays.sort(times);
    return times[COMMITS / 2];
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
