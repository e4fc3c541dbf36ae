package com.nokia.ci.tas.samples.endtoend;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.samples.farm.Patience;
import com.nokia.ci.tas.samples.farm.Processes;
import com.nokia.ci.tas.samples.farm.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a bridge that is killed leaves running is ended by the next one in its place. */
@EnabledOnOs(OS.LINUX)
@Timeout(300)
class KilledBridgeTest {
  @TempDir Path scratch;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theProgramOfAKilledBridgeIsEndedByTheNext(boolean isOnAnyPort) throws Exception {
    Path script =
        Files.writeString(
            scratch.resolve("boards.sh"),
            """
            trap '' TERM
            echo '[{"imei":"490154203237518"}]'
            echo $$ > '%1$s/pid.part' && mv '%1$s/pid.part' '%1$s/pid'
            while :; do sleep 1; done
            """
                .formatted(scratch));
    int port = isOnAnyPort ? 0 : Program.freePort();
    long first;
    try (var bridge = bridge(port, script)) {
      first = Patience.until("the program of the bridge runs", this::pid);
      String owner = isOnAnyPort ? "of-" + bridge.pid() : Integer.toString(port);
      Path note = scratch.resolve("bridge/ci-proxy-command-" + owner + ".pid");
      Patience.untilTrue("the bridge has noted it", () -> Files.exists(note));
      bridge.kill();
      bridge.exitCode();
    }
    assertTrue(Processes.isRunning(first), "it does not listen to anybody");
    Files.delete(scratch.resolve("pid"));

    try (var next = bridge(port, script)) {
      Patience.untilTrue(
          "it is ended; the bridge says:\n" + next.text(), () -> !Processes.isRunning(first));
      Patience.until("another one runs", this::pid);
    }
  }

  private Program bridge(int port, Path script) throws IOException {
    return Program.ofJar(
        Program.BRIDGE,
        scratch.resolve("bridge"),
        "CIProxyPortNumber=" + port,
        "AdbDetector=off",
        "IosDetector=off",
        "Command=sh \"" + script + "\"");
  }

  private Optional<Long> pid() throws IOException {
    Path file = scratch.resolve("pid");
    return Files.exists(file)
        ? Optional.of(Long.parseLong(Files.readString(file).strip()))
        : Optional.empty();
  }
}
