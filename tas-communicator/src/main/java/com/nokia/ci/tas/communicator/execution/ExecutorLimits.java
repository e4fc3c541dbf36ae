package com.nokia.ci.tas.communicator.execution;

import com.nokia.ci.tas.commons.model.ByteSize;
import com.nokia.ci.tas.commons.model.SafeName;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What each process of an executor may use of its machine. A node sets them for all executors; a
 * test may ask for less in its parameters, never for more.
 *
 * @param memory address space in bytes
 * @param cpuSeconds time on processors
 * @param openFiles files, sockets and pipes that are open at the same time
 */
public record ExecutorLimits(
    Optional<ByteSize> memory, Optional<Long> cpuSeconds, Optional<Long> openFiles) {
  /** No limits but those of the system. */
  public static final ExecutorLimits NONE =
      new ExecutorLimits(Optional.empty(), Optional.empty(), Optional.empty());

  /** What the parameters of a test that ask for limits begin with. */
  public static final String PREFIX = "tas.limit.";

  private static final String MEMORY = PREFIX + "memory";
  private static final String CPU_TIME = PREFIX + "cpu-time";
  private static final String OPEN_FILES = PREFIX + "open-files";
  private static final Set<String> NAMES = Set.of(MEMORY, CPU_TIME, OPEN_FILES);
  private static final int MOST_DIGITS = 9;

  /** Between the signal that may be handled and the one that may not. */
  private static final long CPU_GRACE_SECONDS = 5;

  /**
   * The limits that a test asks for.
   *
   * @throws ExecutionException when a parameter is not understood
   */
  static ExecutorLimits askedBy(Map<String, String> parameters) {
    parameters.keySet().stream()
        .filter(name -> name.startsWith(PREFIX) && !NAMES.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new ExecutionException(
                  "the parameter "
                      + SafeName.shown(name)
                      + " is none of "
                      + MEMORY
                      + ", "
                      + CPU_TIME
                      + " and "
                      + OPEN_FILES);
            });
    return new ExecutorLimits(
        asked(parameters, MEMORY)
            .map(text -> ByteSize.of(text).orElseThrow(() -> bad(MEMORY, text, "512M or 2G"))),
        asked(parameters, CPU_TIME).map(text -> number(CPU_TIME, text)),
        asked(parameters, OPEN_FILES).map(text -> number(OPEN_FILES, text)));
  }

  /** Time on processors after which a process is killed that did not end when it was told. */
  Optional<Long> hardCpuSeconds() {
    return cpuSeconds.map(seconds -> seconds + CPU_GRACE_SECONDS);
  }

  /** Of each limit the one that allows less. */
  ExecutorLimits least(ExecutorLimits other) {
    return new ExecutorLimits(
        least(memory, other.memory),
        least(cpuSeconds, other.cpuSeconds),
        least(openFiles, other.openFiles));
  }

  private static <T extends Comparable<T>> Optional<T> least(Optional<T> one, Optional<T> other) {
    return Stream.concat(one.stream(), other.stream()).min(Comparable::compareTo);
  }

  private static Optional<String> asked(Map<String, String> parameters, String name) {
    return Optional.ofNullable(parameters.get(name)).map(String::strip);
  }

  private static long number(String name, String text) {
    boolean isNumber =
        !text.isEmpty()
            && text.length() <= MOST_DIGITS
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!isNumber || Long.parseLong(text) == 0) {
      throw bad(name, text, "a whole number, such as 600");
    }
    return Long.parseLong(text);
  }

  private static ExecutionException bad(String name, String text, String example) {
    return new ExecutionException(
        "the parameter "
            + name
            + "="
            + SafeName.shown(text)
            + " is not understood; write "
            + example);
  }
}
