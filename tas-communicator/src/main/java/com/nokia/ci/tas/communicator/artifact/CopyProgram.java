package com.nokia.ci.tas.communicator.artifact;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Clones by the system's program, because Java has no call for it. */
final class CopyProgram implements Placement.Cloning {
  private static final Path PROGRAM = Path.of("/bin/cp");
  private static final long LONGEST_SECONDS = 60;

  @Override
  public boolean clone(Path from, Path to) throws IOException {
    if (!Files.isExecutable(PROGRAM)) {
      return false;
    }
    var process =
        new ProcessBuilder(
                PROGRAM.toString(), "--reflink=always", "--", from.toString(), to.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      process.getOutputStream().close();
      boolean isDone =
          process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
      if (!isDone) {
        process.destroyForcibly().waitFor();
        Files.deleteIfExists(to);
      }
      return isDone;
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("a file was not cloned");
    }
  }
}
