package com.nokia.ci.tas.communicator.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestExecution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandLineTest {
  private static final ProductDescription MAIN =
      ProductDescription.EMPTY
          .with(ProductAttribute.IMEI, "004402136230483")
          .with(ProductAttribute.SN, "ABCD1234");
  private static final ProductDescription REMOTE =
      ProductDescription.EMPTY
          .with(ProductAttribute.IMEI, "004402136230484")
          .with(ProductAttribute.ROLE, "remote");

  @TempDir Path directory;
  private Path bin;
  private Workspace workspace;

  @BeforeEach
  void aProgramOnThePath() throws IOException {
    bin = Files.createDirectories(directory.resolve("bin"));
    program(bin.resolve("python3"));
    workspace =
        new Workspaces(directory.resolve("workspace"), KeepRule.NONE).prepare(RuntimeId.of("t"));
    Files.writeString(workspace.directory().resolve("execute.py"), "pass");
  }

  @Test
  void applicationScriptAndProductsInOrder() {
    assertEquals(
        List.of(
            bin.resolve("python3").toString(),
            script(),
            "main:" + directory.resolve("products/004402136230483.xml"),
            "remote:" + directory.resolve("products/004402136230484.xml")),
        line("python3", "execute.py", ProductArgument.FILE));
  }

  @Test
  void aSettingGivesTheSerialNumber() {
    assertEquals(
        List.of(bin.resolve("python3").toString(), script(), "ABCD1234", "004402136230484"),
        line("python3", "execute.py", ProductArgument.SERIAL_NUMBER));
  }

  @Test
  void applicationWithBlanksIsTakenWholeWhenItExists() throws IOException {
    var spaced = program(bin.resolve("my tool"));

    assertEquals(spaced.toString(), line("my tool", "", ProductArgument.FILE).get(0));
  }

  @Test
  void otherwiseItIsSplitOutsideDoubleQuotes() {
    assertEquals(
        List.of(bin.resolve("python3").toString(), "-u", "-X", "a b", "$HOME;rm", script()),
        line("python3 -u  -X \"a b\" $HOME;rm", "execute.py", ProductArgument.FILE).subList(0, 6));
  }

  @Test
  void emptyApplicationRunsTheScriptItself() {
    assertEquals(script(), line("", "execute.py", ProductArgument.FILE).get(0));
    assertTrue(Files.isExecutable(Path.of(script())));
  }

  @Test
  void emptyScriptAddsNothing() {
    assertEquals(
        List.of(bin.resolve("python3").toString(), "-V"),
        line("python3 -V", "", ProductArgument.FILE).subList(0, 2));
  }

  @Test
  void anArtifactMayBeTheApplication() throws IOException {
    var tool = workspace.directory().resolve("special_test_application.exe");
    Files.writeString(tool, "x");

    assertEquals(
        List.of(tool.toString(), "some", "start", "parameters"),
        line("special_test_application.exe some start parameters", "", ProductArgument.FILE)
            .subList(0, 4));
    assertTrue(Files.isExecutable(tool));
  }

  @Test
  void aProgramThatIsNotThereIsNamed() {
    var refusal =
        assertThrows(
            ExecutionException.class, () -> line("ipy -v", "execute.py", ProductArgument.FILE));
    assertTrue(refusal.getMessage().contains("\"ipy\""), refusal.getMessage());
  }

  @Test
  void nothingToRunAndMissingScriptsAreRefused() {
    assertThrows(ExecutionException.class, () -> line("", "", ProductArgument.FILE));
    assertThrows(ExecutionException.class, () -> line("python3", "no.py", ProductArgument.FILE));
    assertThrows(ExecutionException.class, () -> line("python3", "../x", ProductArgument.FILE));
    assertThrows(ExecutionException.class, () -> line("python3 \"x", "", ProductArgument.FILE));
  }

  @Test
  void onWindowsTheEndingSaysWhoRunsTheScript() throws IOException {
    var python = program(bin.resolve("python.exe"));
    var windows = new ProgramFinder(List.of(bin), List.of(".com", ".exe"));
    var lines = new CommandLine(windows, Platform.WINDOWS, ProductArgument.FILE, directory);

    assertEquals(
        List.of(python.toString(), script()),
        lines.of(execution("", "execute.py"), List.of(), workspace));
    Files.writeString(workspace.directory().resolve("run.bat"), "echo");
    assertEquals(
        List.of(workspace.directory().resolve("run.bat").toString()),
        lines.of(execution("", "run.bat"), List.of(), workspace));
  }

  private String script() {
    return workspace.directory().resolve("execute.py").toString();
  }

  private List<String> line(String application, String script, ProductArgument argument) {
    var programs = new ProgramFinder(List.of(bin), List.of());
    return new CommandLine(programs, Platform.LINUX, argument, directory.resolve("products"))
        .of(execution(application, script), List.of(MAIN, REMOTE), workspace);
  }

  private static TestExecution execution(String application, String script) {
    return new TestExecution(application, script, List.of(), Map.of(), List.of(), "");
  }

  private static Path program(Path file) throws IOException {
    Files.writeString(file, "#!/bin/sh\n");
    file.toFile().setExecutable(true);
    return file;
  }
}
