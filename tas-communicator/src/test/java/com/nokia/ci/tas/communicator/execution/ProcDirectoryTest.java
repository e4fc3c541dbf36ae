package com.nokia.ci.tas.communicator.execution;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
final class ProcDirectoryTest {
  private final ProcDirectory processes = new ProcDirectory();

  @Test
  void onlyProcessesStartedSinceAMomentAreReadAgain() throws Exception {
    var moment = processes.now();
    var young = new ProcessBuilder("sleep", "300").start();
    try {
      var pids =
          processes.entriesSince(moment).stream()
              .map(ProcDirectory.Entry::pid)
              .collect(Collectors.toSet());

      assertTrue(pids.contains(young.pid()));
      assertFalse(pids.contains(ProcessHandle.current().pid()));
    } finally {
      young.destroyForcibly().waitFor();
    }
  }

  @Test
  void withoutAMomentAllAreRead() {
    assertTrue(
        processes.entriesSince(ProcDirectory.Moment.BEGINNING).stream()
            .anyMatch(entry -> entry.pid() == ProcessHandle.current().pid()));
  }
}
