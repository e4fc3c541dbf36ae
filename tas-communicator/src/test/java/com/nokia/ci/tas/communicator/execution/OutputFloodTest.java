package com.nokia.ci.tas.communicator.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.SealedValues;
import com.nokia.ci.tas.commons.model.TestExecution;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A flood of output through a launcher that runs in a Java process of its own. */
@EnabledOnOs(OS.LINUX)
@Timeout(180)
final class OutputFloodTest {
  private static final long FLOOD = 100L << 20;

  @TempDir Path directory;

  @Test
  void aHundredMegabytesForAClientThatTakesNothingNeedNoMemoryAndWaitForNobody() throws Exception {
    String java = ProcessHandle.current().info().command().orElseThrow();
    Path said = directory.resolve("said.txt");
    var process =
        new ProcessBuilder(
                java,
                "-Xmx24m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Flooded.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      process.waitFor(150, TimeUnit.SECONDS);
    } finally {
      process.destroyForcibly();
    }

    assertEquals(0, process.waitFor(), () -> read(said));
    assertEquals(FLOOD, Files.size(directory.resolve("flood.log")));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }

  /** The program that is flooded. */
  static final class Flooded {
    private Flooded() {}

    public static void main(String[] arguments) throws Exception {
      Path directory = Path.of(arguments[0]);
      var programs = ProgramFinder.of(System.getenv(), Platform.LINUX);
      var workspaces = new Workspaces(directory.resolve("workspace"), KeepRule.NONE);
      var launcher =
          new ExecutorLauncher(
              new CommandLine(programs, Platform.LINUX, ProductArgument.FILE, directory),
              programs,
              workspaces.root(),
              Platform.LINUX,
              ExecutorSettings.DEFAULT);
      var id = new RuntimeId(RuntimeId.of("flood").test(), "");
      var workspace = workspaces.prepare(id);
      Files.writeString(
          workspace.directory().resolve("run.sh"), "yes 'a line of output' | head -c " + FLOOD);
      var execution = new TestExecution("sh", "run.sh", List.of("run.sh"), Map.of(), List.of(), "");
      var executor =
          launcher.launch(
              new ExecutorOrder(
                  id,
                  execution,
                  List.of(),
                  workspace,
                  SealedValues.of(List.of("a line of secrets")),
                  directory.resolve("flood.log")),
              text -> new CompletableFuture<>());
      int exitCode = executor.exit().get();
      executor.end(Duration.ofMillis(1));
      System.exit(exitCode);
    }
  }
}
