package com.nokia.ci.tas.communicator.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.ByteSize;
import com.nokia.ci.tas.communicator.execution.ExecutionException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class ConditionsTest {
  private static final long GB = 1L << 30;

  @Test
  void whatIsDemandedAndNotThereIsSaidWithBothValues() {
    var conditions = conditions(2 * GB, GB, 4.0);

    assertEquals(Optional.empty(), conditions.lacking(FakeMachine.of(2 * GB, GB, 3.9)));
    assertEquals(
        Optional.of("waiting for 2 GB of free disk, less than 80 % of that is free"),
        conditions.lacking(FakeMachine.of(3 * GB / 2, GB, 1)));
    assertEquals(
        Optional.of("waiting for 1 GB of free memory, less than 10 % of that is free"),
        conditions.lacking(FakeMachine.of(9 * GB, 65_536, 1)));
    assertEquals(
        Optional.of("waiting for a load below 4.0, it is 16.0 or more"),
        conditions.lacking(FakeMachine.of(9 * GB, GB, 17.34)));
  }

  /** Whatever is different is told to the service and from there to everybody. */
  @Test
  void whatIsLackingIsSaidTheSameWhileItChangesALittle() {
    var conditions = conditions(20 * GB, GB, 4.0);

    assertEquals(
        conditions.lacking(FakeMachine.of(3 * GB, GB, 1)),
        conditions.lacking(FakeMachine.of(3 * GB + GB / 2, GB, 1)));
    assertEquals(
        conditions.lacking(FakeMachine.of(20 * GB, GB, 5.1)),
        conditions.lacking(FakeMachine.of(20 * GB, GB, 7.2)));
    assertEquals(
        Optional.of("waiting for 20 GB of free disk, less than 100 % of that is free"),
        conditions.lacking(FakeMachine.of(20 * GB - 1, GB, 1)));
  }

  @Test
  void whatTheSystemDoesNotTellKeepsTheGateClosedAndIsSaid() {
    for (var condition :
        new Conditions[] {
          new Conditions(Optional.of(new ByteSize(1)), Optional.empty(), Optional.empty()),
          new Conditions(Optional.empty(), Optional.of(new ByteSize(1)), Optional.empty()),
          new Conditions(Optional.empty(), Optional.empty(), Optional.of(1.0))
        }) {
      String why = condition.lacking(FakeMachine.SILENT).orElseThrow();
      assertTrue(why.contains("this system does not tell"), why);
    }
    assertEquals(Optional.empty(), Conditions.NONE.lacking(FakeMachine.SILENT));
  }

  @Test
  void aTestMayDemandMoreThanTheOwnerAndNeverLess() {
    var asked =
        Conditions.askedBy(
            Map.of(
                "tas.gate.free-disk", "1G",
                "tas.gate.free-memory", "3g",
                "tas.gate.highest-load", "0.5",
                "OTHER", "x"));

    assertEquals(conditions(2 * GB, 3 * GB, 0.5), asked.strictest(conditions(2 * GB, GB, 4.0)));
    assertEquals(asked, asked.strictest(Conditions.NONE));
  }

  @Test
  void aWishThatIsNotUnderstoodIsRefused() {
    for (var name :
        new String[] {"tas.gate.free-disk", "tas.gate.highest-load", "tas.gate.moon-phase"}) {
      var refusal =
          assertThrows(
              ExecutionException.class, () -> Conditions.askedBy(Map.of(name, "much")), name);
      assertTrue(refusal.getMessage().contains(name), refusal.getMessage());
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void linuxTellsAll(@TempDir Path directory) {
    var machine = new ThisMachine(directory);

    assertTrue(machine.freeDisk().orElseThrow() > 0);
    assertTrue(machine.freeMemory().orElseThrow() > 0);
    assertTrue(machine.load().orElseThrow() >= 0);
  }

  private static Conditions conditions(long disk, long memory, double load) {
    return new Conditions(
        Optional.of(new ByteSize(disk)), Optional.of(new ByteSize(memory)), Optional.of(load));
  }
}
