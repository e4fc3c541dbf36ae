package com.nokia.ci.tas.samples.endtoend;

import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A test whose executor is a few lines of shell, as it lies on the disk of its issuer.
 *
 * @param id the test's id
 * @param workspace the directory with its script
 */
record ShellTest(String id, Path workspace) {
  private static final String SCRIPT = "execute.sh";

  /** Writes the script into a workspace of its own. */
  static ShellTest in(Path scratch, String id, String script) throws IOException {
    Path workspace = Files.createTempDirectory(scratch, "work");
    Files.writeString(workspace.resolve(SCRIPT), script);
    return new ShellTest(id, workspace);
  }

  /** Starts it from the command line. */
  Program start(LocalFarm farm, String... further) throws IOException {
    return farm.client("start", arguments(further).toArray(String[]::new));
  }

  /** What follows {@code start} on the command line. */
  List<String> arguments(String... further) {
    var arguments = new ArrayList<>(List.of("--id", id, "--workspace", workspace.toString()));
    arguments.addAll(List.of("--executor-application", "sh"));
    arguments.addAll(List.of("--executor-script", SCRIPT, "--artifact", SCRIPT));
    arguments.addAll(List.of(further));
    return arguments;
  }
}
