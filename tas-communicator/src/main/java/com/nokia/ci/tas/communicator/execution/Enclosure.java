package com.nokia.ci.tas.communicator.execution;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What stands before the command line of an executor, so that it runs in a session and process
 * group of its own and within limits. Each program replaces itself by the next, so that in the end
 * the executor is the process that was started, and its exit code its own.
 */
final class Enclosure {
  private static final long KILOBYTE = 1024;

  private final Platform platform;
  private final Optional<Path> setsid;
  private final Optional<Path> shell;

  Enclosure(Platform platform, ProgramFinder programs, Path directory) {
    this.platform = platform;
    this.setsid =
        platform == Platform.LINUX ? programs.find("setsid", directory) : Optional.empty();
    this.shell = platform == Platform.WINDOWS ? Optional.empty() : programs.find("sh", directory);
  }

  /**
   * The longer command line.
   *
   * @throws ExecutionException when there are limits that this system cannot set
   */
  List<String> around(List<String> line, ExecutorLimits limits) {
    var longer = new ArrayList<String>();
    setsid.ifPresent(program -> longer.add(program.toString()));
    if (!limits.equals(ExecutorLimits.NONE)) {
      longer.addAll(limiting(limits));
    }
    longer.addAll(line);
    return longer;
  }

  /** Starts a shell that waits for the words of an executor; empty where there is none. */
  Optional<List<String>> waitingShell() {
    return setsid.flatMap(
        session ->
            shell.map(
                program ->
                    List.of(
                        session.toString(), program.toString(), "-c", ShellWords.SCRIPT, "tas")));
  }

  /** The shell sees numbers of ours alone; the executor's words are its positional parameters. */
  private List<String> limiting(ExecutorLimits limits) {
    String program =
        shell
            .map(Path::toString)
            .orElseThrow(
                () ->
                    new ExecutionException(
                        "this node cannot limit executors: on "
                            + platform
                            + " there is no ulimit; leave the limits out"));
    var script = new StringBuilder();
    limits
        .memory()
        .ifPresent(size -> script.append("ulimit -v " + size.bytes() / KILOBYTE + " && "));
    limits.openFiles().ifPresent(count -> script.append("ulimit -n " + count + " && "));
    limits
        .cpuSeconds()
        .ifPresent(
            seconds ->
                script.append(
                    "ulimit -S -t %d && ulimit -H -t %d && "
                        .formatted(seconds, limits.hardCpuSeconds().get())));
    return List.of(program, "-c", script + "exec \"$@\"", "executor");
  }
}
