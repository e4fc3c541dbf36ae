package com.nokia.ci.tas.communicator.execution;

import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.SettingsException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A program of the node's owner that is asked something about a run, and answers with its exit
 * code: 0 is yes. It runs without a shell in the workspace of the run, with a time limit, and
 * whatever it started ends with it. Safe for use by several threads.
 */
public final class SideProgram {
  private static final int LONGEST_LINE = 300;

  private final List<String> line;
  private final Enclosure enclosure;
  private final Platform platform;
  private final Path workspaces;
  private final Duration limit;
  private final ProcDirectory processes = new ProcDirectory();

  private SideProgram(
      List<String> line, Enclosure enclosure, Platform platform, Path workspaces, Duration limit) {
    this.line = line;
    this.enclosure = enclosure;
    this.platform = platform;
    this.workspaces = workspaces;
    this.limit = limit;
  }

  /**
   * Finds the program.
   *
   * @param setting name of the setting that names it
   * @param command a program, with arguments if any, as an executor application is written
   * @param workspaces the directory of all workspaces
   * @param limit how long it may take to answer
   * @throws SettingsException when there is no such program
   */
  public static SideProgram named(
      String setting, String command, ProgramFinder programs, Path workspaces, Duration limit) {
    var platform = Platform.own();
    var line = new ArrayList<String>();
    var whole = programs.find(command.strip(), Path.of("").toAbsolutePath());
    if (whole.isPresent()) {
      line.add(whole.get().toString());
    } else {
      var words = CommandLine.words(command);
      line.add(
          programs
              .find(words.isEmpty() ? "" : words.get(0), Path.of("").toAbsolutePath())
              .map(Path::toString)
              .orElseThrow(
                  () ->
                      new SettingsException(
                          "argument "
                              + setting
                              + "="
                              + SafeName.shown(command)
                              + " names no program of this machine")));
      line.addAll(words.subList(1, words.size()));
    }
    var enclosure = new Enclosure(platform, programs, workspaces);
    return new SideProgram(List.copyOf(line), enclosure, platform, workspaces, limit);
  }

  /**
   * Asks it about a run.
   *
   * @return empty: yes; else why not, as a sentence. Cancelling it ends the program
   */
  public CompletableFuture<Optional<String>> ask(RuntimeId run, Workspace workspace) {
    var answer = new CompletableFuture<Optional<String>>();
    var thread =
        new Thread(
            () -> {
              try {
                answer.complete(answer(run, workspace, answer));
              } catch (IOException e) {
                answer.complete(
                    Optional.of("waiting for " + name() + ", which cannot be run: " + e));
              } catch (InterruptedException e) {
                answer.cancel(false);
              } catch (RuntimeException e) {
                answer.completeExceptionally(e);
              }
            },
            "tas-gate-" + run.text());
    thread.setDaemon(true);
    thread.start();
    return answer;
  }

  private Optional<String> answer(
      RuntimeId run, Workspace workspace, CompletableFuture<?> cancelled)
      throws IOException, InterruptedException {
    Path said = Files.createTempFile("tas-gate", ".txt");
    try {
      var mark = RunMark.next(workspaces);
      var builder = new ProcessBuilder(enclosure.around(line, ExecutorLimits.NONE));
      builder.environment().putAll(ExecutorEnvironment.of(run, workspace, mark, Map.of()));
      builder.directory(workspace.directory().toFile());
      builder.redirectErrorStream(true).redirectOutput(said.toFile());
      builder.redirectInput(new File(platform == Platform.WINDOWS ? "NUL" : "/dev/null"));
      var before = platform == Platform.LINUX ? processes.now() : ProcDirectory.Moment.BEGINNING;
      var process = builder.start();
      ProcessTree tree =
          platform == Platform.LINUX
              ? LinuxProcessTree.of(processes, mark, process, before)
              : new PortableProcessTree(process.toHandle(), platform);
      var unused = cancelled.whenComplete((value, failure) -> process.destroyForcibly());
      boolean isAnswered = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      new TreeEnding(tree).end(EndingPatience.politely(Duration.ZERO));
      return isAnswered
          ? sentence(process.exitValue(), firstLine(said))
          : Optional.of(
              "waiting for "
                  + name()
                  + ", which did not answer within "
                  + limit.toSeconds()
                  + " s");
    } finally {
      Files.deleteIfExists(said);
    }
  }

  private Optional<String> sentence(int exitCode, String said) {
    if (exitCode == 0) {
      return Optional.empty();
    }
    String why = said.isEmpty() ? "it ends with exit code " + exitCode : said;
    return Optional.of("waiting for " + name() + ": " + why);
  }

  private String name() {
    return Path.of(line.get(0)).getFileName().toString();
  }

  private static String firstLine(Path file) throws IOException {
    try (var stream = Files.newInputStream(file)) {
      String text = new String(stream.readNBytes(LONGEST_LINE), StandardCharsets.UTF_8);
      return SafeName.shown(text.lines().findFirst().orElse("").strip());
    }
  }
}
