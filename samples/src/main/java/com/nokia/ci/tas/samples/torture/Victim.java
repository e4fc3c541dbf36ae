package com.nokia.ci.tas.samples.torture;

import com.nokia.ci.tas.samples.farm.Program;
import com.nokia.ci.tas.samples.torture.Blow.Means;
import com.nokia.ci.tas.samples.torture.TortureSettings.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * A program of the farm that is hit again and again, and that somebody starts again as a supervisor
 * would. For one thread; any other may close it, and then it stays ended.
 */
final class Victim {
  private final String name;
  private final Kind kind;
  private final Path home;
  private final IntFunction<List<String>> command;
  private final Map<Means, Integer> blows = new EnumMap<>(Means.class);
  private volatile Optional<Program> program = Optional.empty();
  private boolean isClosed;
  private boolean isStalled;
  private int lives;

  /**
   * A program that does not run yet.
   *
   * @param command how its nth life is begun, from 1
   */
  Victim(String name, Kind kind, Path home, IntFunction<List<String>> command) {
    this.name = name;
    this.kind = kind;
    this.home = home;
    this.command = command;
  }

  String name() {
    return name;
  }

  Kind kind() {
    return kind;
  }

  Path home() {
    return home;
  }

  /** How often it was started. */
  int lives() {
    return lives;
  }

  int count(Means means) {
    return blows.getOrDefault(means, 0);
  }

  boolean isUp() {
    return program.isPresent() && !isStalled;
  }

  /** The process, if it has one. */
  Optional<Program> program() {
    return program;
  }

  /** Whether it ended although nobody told it to. */
  boolean hasEndedByItself() {
    return program.filter(it -> !it.isRunning()).isPresent();
  }

  synchronized void start() throws IOException {
    if (isClosed) {
      return;
    }
    lives++;
    program = Optional.of(Program.start(home, command.apply(lives)));
  }

  /** Hits it; it must be up. */
  void hit(Means means) throws IOException, InterruptedException {
    Program victim = program.orElseThrow();
    switch (means) {
      case KILL -> end(victim::kill, victim);
      case RESTART -> end(victim::terminate, victim);
      case STALL -> {
        signal("STOP", victim);
        isStalled = true;
      }
    }
    blows.merge(means, 1, Integer::sum);
  }

  private void end(Runnable way, Program victim) throws InterruptedException {
    way.run();
    int unused = victim.exitCode();
    program = Optional.empty();
  }

  /** Starts it again, or lets it go on; does nothing to one that is up. */
  void raise() throws IOException, InterruptedException {
    if (isStalled) {
      signal("CONT", program.orElseThrow());
      isStalled = false;
    } else if (program.isEmpty()) {
      start();
    }
  }

  /** It has ended, and is not started again. */
  void bury() {
    program = Optional.empty();
  }

  /** Ends it and what it has started, stalled or not. */
  synchronized void close() {
    isClosed = true;
    program.ifPresent(
        it -> {
          it.kill();
          it.close();
        });
  }

  private static void signal(String signal, Program victim)
      throws IOException, InterruptedException {
    int code =
        new ProcessBuilder("kill", "-" + signal, Long.toString(victim.pid())).start().waitFor();
    if (code != 0 && victim.isRunning()) {
      throw new IllegalStateException("kill -" + signal + " ended with " + code);
    }
  }
}
