package com.nokia.ci.tas.ciproxy.detector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Simulated products that a file lists, plugged by editing it. */
@ContractOf(SimulatedProvider.class)
final class SimulatedFileDetectorTest extends DetectorContract {
  private static final String ONE = "imei:004402136230483;rm-code:RM-763;\n";
  private static final String TWO = "imei:004402470970868;rm-code:RM-980;\n";

  @TempDir Path directory;

  @Override
  protected Detector newDetector() throws IOException {
    Files.writeString(file(), ONE + TWO);
    return SimulatedDetector.of(file());
  }

  @Override
  protected void unplugOne() throws IOException {
    write(ONE + "# " + TWO);
  }

  @Override
  protected void plugItAgain() throws IOException {
    write(ONE + TWO);
  }

  @Test
  void anEditWhileTheBridgeStartsIsNotLost() throws Exception {
    Files.writeString(file(), ONE);
    var early = SimulatedDetector.of(file());
    Files.writeString(file(), ONE + TWO);
    try {
      early.start(() -> {});
      assertEquals(2, early.devices().size());
    } finally {
      early.close();
    }
  }

  @Test
  void whatWasUnpluggedByHandStaysSoWhenTheFileIsEdited() throws Exception {
    start();
    awaitCount(2);
    detector().plugboard().orElseThrow().plug("004402470970868", false);
    write(ONE + TWO + "imei:004402130000015;\n");
    awaitImeis("004402136230483", "004402130000015");
  }

  @Test
  void aProductKeepsItsConnectionWhenTheLineAboveItGoes() throws Exception {
    start();
    awaitCount(2);
    Device before = detector().devices().get(1);
    write(TWO);
    awaitCount(1);
    assertEquals(List.of(before), detector().devices());
  }

  @Test
  void aFileThatIsNotThereIsRefusedAtTheStart() {
    var refusal =
        assertThrows(
            SettingsException.class, () -> SimulatedDetector.of(directory.resolve("missing")));
    assertTrue(refusal.getMessage().startsWith("SimulatedProducts="), refusal.getMessage());
  }

  private void write(String text) throws IOException {
    Path next = Files.writeString(directory.resolve("next"), text);
    Files.move(next, file(), StandardCopyOption.ATOMIC_MOVE);
  }

  private Path file() {
    return directory.resolve("simulated.txt");
  }
}
