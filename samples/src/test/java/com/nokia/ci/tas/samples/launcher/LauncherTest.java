package com.nokia.ci.tas.samples.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.samples.farm.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./tas} says before it builds anything. */
@DisabledOnOs(OS.WINDOWS)
final class LauncherTest {
  @TempDir Path directory;

  @Test
  void helpNamesEveryCommand() throws Exception {
    var answer = launch("help");

    assertEquals(0, answer.exitCode());
    Stream.of("demo", "service", "communicator", "bridge", "start", "stop", "check", "verify")
        .forEach(command -> assertTrue(answer.text().contains("\n  " + command), answer.text()));
  }

  @Test
  void anUnknownCommandIsRefusedAsWrongUsage() throws Exception {
    var answer = launch("serve");

    assertEquals(2, answer.exitCode());
    assertTrue(answer.text().contains("there is no command \"serve\""), answer.text());
  }

  @Test
  void aMissingToolIsNamedInOneSentence() throws Exception {
    Path tools = Files.createDirectory(directory.resolve("bin"));
    for (String tool : List.of("bash", "readlink", "dirname", "mkdir", "id", "find", "cat")) {
      Path shim =
          Files.writeString(tools.resolve(tool), "#!/bin/sh\nexec " + whereIs(tool) + " \"$@\"\n");
      assertTrue(shim.toFile().setExecutable(true));
    }

    var answer = launchWithPath(tools, "build");

    assertEquals(1, answer.exitCode());
    assertEquals(
        "tas: Maven 3.8 or newer is missing; install it, for example with: sudo apt-get install"
            + " maven",
        answer.text().strip());
  }

  @Test
  void theCiRunsVerifyAndNothingElse() throws Exception {
    Path ci = Files.createDirectory(directory.resolve(".ci"));
    Path run = Files.copy(Program.ROOT.resolve(".ci/run"), ci.resolve("run"));
    Path tas = Files.writeString(directory.resolve("tas"), "#!/bin/sh\necho \"tas $*\"\n");
    assertTrue(tas.toFile().setExecutable(true));

    var answer = answer(new ProcessBuilder(run.toString()));

    assertEquals(new Answer(0, "tas verify\n"), answer);
  }

  /** Else whoever builds behind it would wait for as long as the service runs. */
  @Test
  void aServiceThatHasWaitedForABuildKeepsNoLock() throws Exception {
    Files.copy(Program.ROOT.resolve("tas"), directory.resolve("tas"));
    Path java = directory.resolve("home/bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(java, "#!/bin/sh\nflock -n target/build.lock echo free || echo held\n");
    assertTrue(java.toFile().setExecutable(true));
    Files.writeString(directory.resolve("home/release"), "JAVA_VERSION=\"17.0.1\"\n");
    Path script =
        Files.writeString(
            directory.resolve("script"),
            """
            mkdir -p target
            exec 7> target/build.lock
            flock 7
            : > said
            JAVA_HOME=$PWD/home ./tas service 7>&- 2> said &
            until grep -q 'waiting for another build' said; do sleep 0.1; done
            for program in tas-service/TestAutomationService tas-client/TestAutomationClient \\
              tas-communicator/TestAutomationCommunicator ci-proxy-bridge/CIProxy samples/samples; do
              mkdir -p ${program%/*}/target
              : > ${program%/*}/target/${program#*/}.jar
            done
            : > target/built
            exec 7>&-
            wait $!
            """);

    var answer = answer(new ProcessBuilder(whereIs("bash").toString(), script.toString()));

    assertEquals(new Answer(0, "free\n"), answer);
  }

  /** What a launch printed on both channels, and its exit code. */
  private record Answer(int exitCode, String text) {}

  private Answer launch(String command) throws IOException, InterruptedException {
    return answer(new ProcessBuilder(Program.ROOT.resolve("tas").toString(), command));
  }

  /** Launches a copy alone in its directory: nothing is built there. */
  private Answer launchWithPath(Path tools, String command)
      throws IOException, InterruptedException {
    Path copy = Files.copy(Program.ROOT.resolve("tas"), directory.resolve("tas"));
    var process = new ProcessBuilder(tools.resolve("bash").toString(), copy.toString(), command);
    process.environment().put("PATH", tools.toString());
    process.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return answer(process);
  }

  private Answer answer(ProcessBuilder launch) throws IOException, InterruptedException {
    Path console = directory.resolve("console.txt");
    int exitCode =
        launch
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(console.toFile())
            .start()
            .waitFor();
    return new Answer(exitCode, Files.readString(console, StandardCharsets.UTF_8));
  }

  private static Path whereIs(String tool) {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(directory -> Path.of(directory, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }
}
