package com.nokia.ci.tas.communicator.facts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The machine that a node runs on: operating system, processors, memory, disk, uptime. What stands
 * in {@code /proc} is read there, elsewhere the Java machine is asked; what neither knows is left
 * out. Any thread may ask.
 */
public final class MachineFacts implements FactSource {
  private static final long BYTES_IN_KIB = 1024;

  private final Path system;
  private final Path directory;
  private final Map<String, String> lasting;

  /**
   * @param system root of the file system that the machine describes itself in
   * @param directory a place on the disk that tests need room on
   */
  MachineFacts(Path system, Path directory) {
    this.system = system;
    this.directory = directory;
    this.lasting = lasting();
  }

  /**
   * The facts of this machine.
   *
   * @param directory a place on the disk that tests need room on
   */
  public static MachineFacts of(Path directory) {
    return new MachineFacts(Path.of("/"), directory.toAbsolutePath());
  }

  @Override
  public Map<String, String> facts() {
    var facts = new HashMap<>(lasting);
    memoryOf("MemAvailable").ifPresent(it -> facts.put("memory-available-bytes", text(it)));
    freeDisk().ifPresent(it -> facts.put("disk-free-bytes", text(it)));
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    if (load >= 0) {
      facts.put("load-percent", text(Math.round(100 * load / processors())));
    }
    uptime().ifPresent(it -> facts.put("uptime-seconds", it));
    return facts;
  }

  /** Bytes that can still be written beside the workspaces; empty when nobody can tell. */
  public OptionalLong freeDisk() {
    try {
      return OptionalLong.of(Files.getFileStore(directory).getUsableSpace());
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /** Bytes of memory that programs can have without others being moved to the disk, on Linux. */
  public OptionalLong availableMemory() {
    return memoryOf("MemAvailable");
  }

  private Map<String, String> lasting() {
    var facts = new HashMap<String, String>();
    facts.put("operating-system", operatingSystem());
    facts.put("architecture", System.getProperty("os.arch", ""));
    facts.put("java-version", System.getProperty("java.version", ""));
    facts.put("processors", text(processors()));
    valueOf("proc/cpuinfo", "model name", ":").ifPresent(it -> facts.put("processor-model", it));
    memoryOf("MemTotal").ifPresent(it -> facts.put("memory-bytes", text(it)));
    try {
      facts.put("disk-bytes", text(Files.getFileStore(directory).getTotalSpace()));
    } catch (IOException e) {
      facts.remove("disk-bytes"); // the next start may know
    }
    return Map.copyOf(facts);
  }

  private String operatingSystem() {
    return valueOf("etc/os-release", "PRETTY_NAME", "=")
        .map(it -> it.replace("\"", ""))
        .orElseGet(
            () -> System.getProperty("os.name", "") + " " + System.getProperty("os.version", ""));
  }

  private OptionalLong memoryOf(String key) {
    var kib = valueOf("proc/meminfo", key, ":").map(it -> it.replace("kB", "").strip());
    return kib.isPresent() && kib.get().matches("[0-9]{1,15}")
        ? OptionalLong.of(Long.parseLong(kib.get()) * BYTES_IN_KIB)
        : OptionalLong.empty();
  }

  private Optional<String> uptime() {
    return lines("proc/uptime").stream()
        .findFirst()
        .map(it -> it.replaceFirst("[. ].*", ""))
        .filter(it -> it.matches("[0-9]{1,15}"));
  }

  private Optional<String> valueOf(String file, String key, String separator) {
    for (String line : lines(file)) {
      int at = line.indexOf(separator);
      if (at > 0 && line.substring(0, at).strip().equals(key)) {
        return Optional.of(line.substring(at + 1).strip());
      }
    }
    return Optional.empty();
  }

  /** The first lines of a small file; none when this machine does not have it. */
  private List<String> lines(String file) {
    try (Stream<String> lines = Files.lines(system.resolve(file))) {
      return lines.limit(100).toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static String text(long number) {
    return Long.toString(number);
  }
}
