package com.nokia.ci.tas.ciproxy.detector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A number of simulated products, plugged by hand. */
@ContractOf(SimulatedProvider.class)
final class SimulatedDetectorTest extends DetectorContract {
  private SimulatedDetector simulated;

  @Override
  protected Detector newDetector() {
    simulated = SimulatedDetector.of(2);
    return simulated;
  }

  @Override
  protected void unplugOne() {
    assertTrue(simulated.plug(Imei.simulated(2), false));
  }

  @Override
  protected void plugItAgain() {
    assertTrue(simulated.plug(Imei.simulated(2), true));
  }

  @Test
  void theProductsAreMainOnesOfOneTypeWithRealNumbersAndPortsOfTheirOwn() throws Exception {
    start();
    assertEquals(
        List.of(
            new Device("004402130000015", "RM-763", "USB1", "GConnId_0000000000000001", "15000"),
            new Device("004402130000023", "RM-763", "USB2", "GConnId_0000000000000002", "15001")),
        detector().devices());
  }

  @Test
  void whatIsUnpluggedIsStillKnown() throws Exception {
    start();
    unplugOne();
    assertEquals(2, simulated.known().size());
    assertTrue(simulated.isPlugged(Imei.simulated(1)));
    assertFalse(simulated.isPlugged(Imei.simulated(2)));
  }

  @Test
  void aProductThatIsNotKnownCannotBePlugged() throws Exception {
    start();
    assertFalse(simulated.plug("1", true));
    assertFalse(simulated.isPlugged("1"));
  }

  @Test
  void noneAtAllIsPossible() {
    assertEquals(List.of(), SimulatedDetector.of(0).devices());
  }
}
