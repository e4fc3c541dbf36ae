package com.nokia.ci.tas.communicator.execution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Shows the whole output of an executor that has ended. */
public final class OutputReplay {
  private OutputReplay() {}

  /**
   * Shows what there is; blocks until the receiver has taken it, or this thread is interrupted.
   *
   * @param file the output as it is kept; nothing is shown when it is not there
   * @param receiver as that of {@link ExecutorLauncher#launch}
   */
  public static void show(Path file, Function<String, CompletableFuture<Void>> receiver)
      throws IOException {
    if (Files.isRegularFile(file) && Files.size(file) > 0) {
      var source = new Ended(file, Files.size(file));
      new OutputFeed(source, receiver::apply, Long.MAX_VALUE).run();
    }
  }

  private record Ended(Path file, long length) implements OutputSource {
    @Override
    public boolean isEnded() {
      return true;
    }

    @Override
    public Optional<String> missing() {
      return Optional.empty();
    }

    @Override
    public void awaitBeyond(long position, long nanos) {
      // Nothing more comes.
    }
  }
}
