package com.nokia.ci.tas.communicator.gate;

import com.nokia.ci.tas.commons.model.ByteSize;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.communicator.execution.ExecutionException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/**
 * What a machine must have to spare before an executor is started.
 *
 * @param freeDisk that can still be written beside the workspaces
 * @param freeMemory that programs can have
 * @param highestLoad the load of the last minute must be below it; empty: any
 */
public record Conditions(
    Optional<ByteSize> freeDisk, Optional<ByteSize> freeMemory, Optional<Double> highestLoad) {
  /** Nothing is demanded. */
  public static final Conditions NONE =
      new Conditions(Optional.empty(), Optional.empty(), Optional.empty());

  private static final String DISK = "tas.gate.free-disk";
  private static final String MEMORY = "tas.gate.free-memory";
  private static final String LOAD = "tas.gate.highest-load";
  private static final Set<String> NAMES = Set.of(DISK, MEMORY, LOAD);
  private static final double HIGHEST = 1e6;

  /** How much of what is wanted is there is told in so many steps: whatever changes is told. */
  private static final int STEPS = 10;

  /**
   * What a test asks for in its parameters.
   *
   * @throws ExecutionException when a parameter is not understood
   */
  static Conditions askedBy(Map<String, String> parameters) {
    parameters.keySet().stream()
        .filter(name -> name.startsWith("tas.gate.") && !NAMES.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new ExecutionException(
                  "the parameter %s is none of %s, %s and %s"
                      .formatted(SafeName.shown(name), DISK, MEMORY, LOAD));
            });
    return new Conditions(
        size(parameters, DISK),
        size(parameters, MEMORY),
        Optional.ofNullable(parameters.get(LOAD))
            .map(text -> load(text).orElseThrow(() -> bad(LOAD, text, "4 or 0.5"))));
  }

  /** Reads a load, such as 3.5; empty when it is none. */
  public static Optional<Double> load(String text) {
    String number = text.strip();
    if (!number.matches("[0-9]{1,6}(\\.[0-9]{1,3})?")) {
      return Optional.empty();
    }
    double load = Double.parseDouble(number);
    return load > 0 && load < HIGHEST ? Optional.of(load) : Optional.empty();
  }

  /** Of each condition the one that demands more. */
  Conditions strictest(Conditions other) {
    return new Conditions(
        either(freeDisk, other.freeDisk, BinaryOperator.maxBy(ByteSize::compareTo)),
        either(freeMemory, other.freeMemory, BinaryOperator.maxBy(ByteSize::compareTo)),
        either(highestLoad, other.highestLoad, Math::min));
  }

  /** What a machine lacks, as a sentence; empty: nothing. */
  Optional<String> lacking(Machine machine) {
    return freeDisk
        .flatMap(wanted -> lacking("disk", wanted, machine.freeDisk()))
        .or(() -> freeMemory.flatMap(wanted -> lacking("memory", wanted, machine.freeMemory())))
        .or(() -> highestLoad.flatMap(wanted -> tooMuchLoad(wanted, machine)));
  }

  private static Optional<String> lacking(String what, ByteSize wanted, OptionalLong free) {
    if (free.isEmpty()) {
      return Optional.of("waiting for free " + what + ", but this system does not tell how much");
    }
    return free.getAsLong() >= wanted.bytes()
        ? Optional.empty()
        : Optional.of(
            "waiting for %s of free %s, less than %d %% of that is free"
                .formatted(wanted, what, percentAbove(free.getAsLong(), wanted.bytes())));
  }

  private static int percentAbove(long free, long wanted) {
    int steps = 1 + (int) ((double) free / wanted * STEPS);
    return steps * 100 / STEPS;
  }

  private static Optional<String> tooMuchLoad(double wanted, Machine machine) {
    var load = machine.load();
    if (load.isEmpty()) {
      return Optional.of("waiting for a lower load, but this system does not tell its load");
    }
    return load.getAsDouble() < wanted
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "waiting for a load below %.1f, it is %.1f or more",
                wanted,
                Math.floor(load.getAsDouble() / wanted) * wanted));
  }

  private static <T> Optional<T> either(
      Optional<T> one, Optional<T> other, BinaryOperator<T> stricter) {
    return Stream.concat(one.stream(), other.stream()).reduce(stricter);
  }

  private static Optional<ByteSize> size(Map<String, String> parameters, String name) {
    return Optional.ofNullable(parameters.get(name))
        .map(text -> ByteSize.of(text).orElseThrow(() -> bad(name, text, "500M or 2G")));
  }

  private static ExecutionException bad(String name, String text, String example) {
    return new ExecutionException(
        "the parameter %s=%s is not understood; write %s"
            .formatted(name, SafeName.shown(text), example));
  }
}
