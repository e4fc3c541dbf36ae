package com.nokia.ci.tas.communicator.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.commons.xml.ProductXml;
import com.nokia.ci.tas.communicator.execution.ProductArgument;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real executors, without a farm. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
final class RunLocalTest {
  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void aTestRunsAsOnANodeAndLeavesItsResults() throws IOException {
    script(
        "test \"$PWD\" = \"$TAS_WORKSPACE\" && cat input.txt && echo \"$1 $LAB $TAS_TEST_ID\"",
        "test -r \"${1#remote:}\" && grep -c 004402136230483 products.json",
        "echo done > result.txt; mkdir logs; echo a > logs/a.log; echo b > logs/b.log");
    Files.writeString(directory.resolve("input.txt"), "from the workspace\n");
    Path product = product();

    int code =
        run(
            "--executor-application=sh",
            "--executor-script=run.sh",
            "--artifact=input.txt",
            "--env=LAB=lab 4",
            "--product=remote:" + product,
            "--results=result.txt",
            "--results=logs/*.log",
            "--output=output.txt",
            "--results-dir=" + directory.resolve("out"),
            "--workspace=" + directory);

    assertEquals(0, code, err.toString());
    var lines = out.toString().lines().toList();
    assertEquals("from the workspace", lines.get(0));
    assertTrue(
        lines.get(1).matches("remote:/.*/products/004402136230483\\.xml lab 4 local"),
        lines.get(1));
    assertEquals("done\n", Files.readString(directory.resolve("out/result.txt")));
    assertEquals("a\n", Files.readString(directory.resolve("out/a.log")));
    assertEquals(out.toString(), Files.readString(directory.resolve("out/output.txt")));
    assertEquals("b\n", Files.readString(directory.resolve("out/b.log")));
    assertTrue(err.toString().contains("test local is finished"), err.toString());
  }

  @Test
  void aDescriptionOfTheGuideIsUnderstoodAndOptionsBeatIt() throws IOException {
    script("echo \"$LAB\"; echo r > results.zip");
    Path description = directory.resolve("test.xml");
    Files.writeString(
        description,
        """
        <!-- Base format for describing a test -->
        <?xml version="1.0" encoding="UTF-8"?>
        <test>
            <id>nightly_7</id>
            <workspace-path>/not/on/this/machine/</workspace-path>
            <target>nose</target>
            <executor-application>sh</executor-application>
            <executor-script>run.sh</executor-script>
            <artifacts>
                <artifact>run.sh</artifact>
            </artifacts>
            <envparams>
                <envparam>
                    <key>LAB</key>
                    <value>described</value>
                </envparam>
            </envparams>
            <results-filename>results.zip</results-filename>
        </test>
        """);

    assertEquals(0, run(description.toString(), "--env=LAB=given"), err.toString());

    assertEquals("given", out.toString().strip());
    assertEquals("r\n", Files.readString(directory.resolve("results.zip")));
    assertTrue(err.toString().contains("test nightly_7 is finished"), err.toString());
  }

  @Test
  void theEndOfATestIsItsExitCode() throws IOException {
    script("exit 7");
    assertEquals(1, runScript());
    assertTrue(err.toString().contains("executor ended with exit code 7"), err.toString());

    script("true");
    assertEquals(1, runScript("--results=none.zip"));
    assertTrue(err.toString().contains("did not leave the results file none.zip"));

    script("sleep 600");
    assertEquals(1, runScript("--timeout=1"));
    assertTrue(err.toString().contains("within its timeout of 1 ms"), err.toString());
  }

  @Test
  void whatCannotRunIsSaid() throws IOException {
    script("true");
    assertEquals(2, run());
    assertEquals(2, run("--no-such-option"));
    assertEquals(2, runScript("--artifact=missing.bin"));
    assertEquals(2, runScript("--product=" + directory.resolve("missing.xml")));
    assertEquals(3, runScript("--id=../escape"));
    assertEquals(3, runScript("--results=../escape"));
    assertEquals(
        1,
        run("--executor-application=no-such-program", "--workspace=" + directory),
        err.toString());
  }

  @Test
  void aKeptWorkspaceIsNamedAndHasNoProductFiles() throws IOException {
    script("echo kept > left.txt; exit 1");

    assertEquals(1, runScript("--keep", "--product=" + product()));

    Path kept =
        err.toString()
            .lines()
            .filter(line -> line.contains("everything is kept in "))
            .map(line -> Path.of(line.substring(line.indexOf(" in ") + 4)))
            .findFirst()
            .orElseThrow();
    assertEquals("kept\n", Files.readString(kept.resolve("workspace/local/left.txt")));
    assertTrue(Files.exists(kept.resolve("workspace/local/TEST_HAS_FAILED.txt")));
    assertFalse(Files.exists(kept.resolve("products")));
    new ProcessBuilder("rm", "-r", kept.toString()).start();
  }

  @Test
  void anInterruptedRunLeavesNoProcessAndNoDirectory() throws Exception {
    script("sleep 600 & setsid sleep 600 & echo $! $PWD; wait");
    var test =
        new LocalTest(
            TestDescription.named(RuntimeId.of("local"))
                .with(new TestExecution("sh", "run.sh", List.of(), Map.of(), List.of(), "")),
            List.of(),
            directory,
            directory,
            ProductArgument.FILE,
            false);
    var interruption = new CompletableFuture<Ending>();
    var said = new ArrayList<String>();
    var interrupting =
        new PrintWriter(out) {
          @Override
          public void println(String text) {
            said.add(text);
            interruption.complete(new Ending(Ending.Kind.INTERRUPTED, "told to end"));
          }
        };

    var ending =
        new LocalRun(test, new Terminal(interrupting, new PrintWriter(err)), interruption)
            .perform();

    assertEquals(130, ending.kind().exitCode());
    String[] words = said.get(0).strip().split(" ", -1);
    assertEquals("", commandOf(words[0]));
    assertFalse(Files.exists(Path.of(words[1])));
  }

  /** Empty when there is no such process, or nothing of it but its exit code. */
  private static String commandOf(String pid) throws IOException {
    try {
      return Files.readString(Path.of("/proc", pid, "cmdline"));
    } catch (NoSuchFileException gone) {
      return "";
    }
  }

  private int runScript(String... more) {
    var arguments =
        new ArrayList<>(
            List.of(
                "--executor-application=sh",
                "--executor-script=run.sh",
                "--workspace=" + directory));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  private int run(String... arguments) {
    return RunLocal.run(new PrintWriter(out), new PrintWriter(err), arguments);
  }

  private void script(String... lines) throws IOException {
    Files.writeString(directory.resolve("run.sh"), String.join("\n", lines) + "\n");
  }

  private Path product() throws IOException {
    Path file = directory.resolve("one.xml");
    Files.write(
        file,
        ProductXml.write(
            ProductDescription.of(
                Map.of("imei", "004402136230483", "rm-code", "RM-763", "role", "main"))));
    return file;
  }
}
