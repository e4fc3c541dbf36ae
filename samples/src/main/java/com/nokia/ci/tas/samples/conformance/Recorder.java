package com.nokia.ci.tas.samples.conformance;

import com.nokia.ci.tas.samples.conformance.RecordingWire.Recording;
import com.nokia.ci.tas.samples.farm.LocalFarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.FileUtils;

/**
 * Writes down what the node and the client of this release say to their service while they run one
 * test together: its files and its results go through the service. The next releases say it again
 * to theirs.
 */
final class Recorder {
  private static final String HEADER =
      """
      # What a %s of this release said to its service in one session, octet by octet.
      # "> offer" and "> message N": the text below. "> frame TYPE PAYLOAD": in hexadecimal. "< …": it had
      # heard this before it went on; acknowledgements, beats and how files were cut are left out.
      # The facts of the machine were taken out.
      """;

  private Recorder() {}

  /**
   * Runs the programs and writes {@code node.txt} and {@code client.txt}.
   *
   * @param directory made when it is not there
   * @throws IllegalStateException when the test does not finish
   */
  static void record(Path directory) throws Exception {
    Files.createDirectories(directory);
    Path scratch = Files.createTempDirectory("tas-record");
    try (var farm = LocalFarm.start(scratch, "session-silence=600000");
        var wire = new RecordingWire(Address.parse(farm.address()))) {
      // Nobody can be dialled by such names, and so everything passes the service.
      farm.addNode(
          "golden",
          1,
          "TestAutomationServicePortNumber=" + wire.port(),
          "TestAutomationCommunicatorHostname=node.invalid");
      Path workspace = Files.createDirectory(scratch.resolve("smoke"));
      Files.writeString(workspace.resolve("run.sh"), "echo flashing\ncp image.img result.txt\n");
      Files.writeString(workspace.resolve("image.img"), "an image\n");
      try (var client =
          farm.clientThrough(
              "localhost:" + wire.port(),
              "start",
              "--client-hostname",
              "ci.invalid",
              "--id",
              "golden_1",
              "--workspace",
              workspace.toString(),
              "--executor-application",
              "sh",
              "--executor-script",
              "run.sh",
              "--artifact",
              "run.sh",
              "--artifact",
              "image.img",
              "--results",
              "result.txt",
              "--require",
              "rm-code:RM-763;")) {
        if (client.exitCode() != 0) {
          throw new IllegalStateException("the test did not finish:\n" + client.text());
        }
      }
      write(directory.resolve("node.txt"), "communicator", wire.recordings(), /* isOfNode= */ true);
      write(directory.resolve("client.txt"), "client", wire.recordings(), /* isOfNode= */ false);
    } finally {
      FileUtils.deleteQuietly(scratch.toFile());
    }
  }

  private static void write(Path file, String who, List<Recording> recordings, boolean isOfNode)
      throws IOException {
    Recording recording =
        recordings.stream()
            .filter(it -> it.isOfNode() == isOfNode)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no session of the " + who + " was seen"));
    Files.writeString(file, HEADER.formatted(who) + recording.text());
  }
}
