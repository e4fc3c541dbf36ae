package com.nokia.ci.tas.samples.demo;

import com.nokia.ci.tas.samples.farm.Program;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a node is to run: an application that is there and a script that comes with the test.
 *
 * @param application found on the path of the node
 * @param script a resource beside this class
 */
record Executor(String application, String script) {
  /** Python where there is one, else the shell. */
  static Executor ofThisMachine() {
    return Program.isOnPath("python3")
        ? new Executor("python3", "execute.py")
        : new Executor("sh", "execute.sh");
  }

  void writeTo(Path workspace) throws IOException {
    try (var source = Executor.class.getResourceAsStream(script)) {
      if (source == null) {
        throw new FileNotFoundException(script + " is not in the jar of the samples");
      }
      Files.copy(source, workspace.resolve(script));
    }
  }
}
