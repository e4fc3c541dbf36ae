package com.nokia.ci.tas.samples.flood;

import com.nokia.ci.tas.samples.farm.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process bears at a moment.
 *
 * @param residentBytes of memory
 * @param openFiles connections among them
 */
public record Burden(long residentBytes, long openFiles) {
  private static final String RESIDENT = "VmRSS:";

  /**
   * Looks at a running process.
   *
   * @throws IOException when the system does not tell, as any but Linux
   */
  public static Burden of(Program program) throws IOException {
    Path process = Path.of("/proc", Long.toString(program.pid()));
    long resident =
        Files.readAllLines(process.resolve("status")).stream()
            .filter(line -> line.startsWith(RESIDENT))
            .map(line -> line.substring(RESIDENT.length()).replace("kB", "").strip())
            .mapToLong(Long::parseLong)
            .sum();
    try (Stream<Path> files = Files.list(process.resolve("fd"))) {
      return new Burden(resident << 10, files.count());
    }
  }

  /** The larger of each. */
  public Burden or(Burden other) {
    return new Burden(
        Math.max(residentBytes, other.residentBytes), Math.max(openFiles, other.openFiles));
  }
}
