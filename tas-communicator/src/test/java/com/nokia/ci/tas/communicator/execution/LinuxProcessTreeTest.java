package com.nokia.ci.tas.communicator.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.communicator.Until;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * An executor whose child tells nothing of the run it belongs to: no mark, a session and streams of
 * its own. By its parent alone it is found, and that ends before it.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
final class LinuxProcessTreeTest {
  private static final long PATIENCE_SECONDS = 60;

  /** Ignores the polite signal, also after the exec. */
  private static final String CHILD =
      "trap \"\" TERM; echo $$ > pid.new; mv pid.new pid; exec sleep 300";

  @TempDir Path directory;
  private Process executor;
  private ProcessTree tree;
  private Optional<ProcessHandle> child = Optional.empty();

  @BeforeEach
  void start() throws Exception {
    var processes = new ProcDirectory();
    var mark = RunMark.next(directory);
    var builder =
        new ProcessBuilder(
            "sh",
            "-c",
            "env -i PATH=\"$PATH\" setsid sh -c '"
                + CHILD
                + "' < /dev/null > /dev/null 2>&1 & exec sleep 300");
    builder.directory(directory.toFile());
    builder.environment().put(ExecutorEnvironment.RUN, mark.text());
    var before = processes.now();
    executor = builder.start();
    tree = LinuxProcessTree.of(processes, mark, executor, before);
    child = ProcessHandle.of(Long.parseLong(Until.text(directory.resolve("pid"))));
  }

  @AfterEach
  void end() {
    executor.destroyForcibly();
    child.ifPresent(ProcessHandle::destroyForcibly);
  }

  @Test
  void whoWasFoundOnceIsFoundWhenItsParentHasEnded() throws Exception {
    assertEquals(Set.of(executor.pid(), child.get().pid()), members());

    executor.destroyForcibly().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);

    assertEquals(Set.of(child.get().pid()), members());
  }

  @Test
  void aChildThatOutlivesItsParentsPoliteEndIsEnded() throws Exception {
    var left = new TreeEnding(tree).end(EndingPatience.politely(Duration.ofMillis(300)));

    assertEquals(List.of(), left);
    assertTrue(executor.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
    child.get().onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertFalse(child.get().isAlive());
  }

  private Set<Long> members() {
    return tree.members().stream().map(ProcessHandle::pid).collect(Collectors.toSet());
  }
}
