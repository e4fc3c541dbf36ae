package com.nokia.ci.tas.samples.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.samples.farm.KeyFiles;
import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Patience;
import com.nokia.ci.tas.samples.farm.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Nodes with keys of the farm that have an artifact from another one: directly, or not. */
@DisabledOnOs(OS.WINDOWS)
class ArtifactsOverTlsTest {
  private static final int IMAGE = 41;

  @TempDir static Path scratch;
  private static LocalFarm farm;
  private static Exchange exchange;
  private static LocalFarm.Node lender;
  private static String nodeKey;

  @BeforeAll
  static void startFarm() throws Exception {
    farm = LocalFarm.start(scratch, "test-minimal-execution-time=1000");
    var keys = new ArrayList<>(List.of(Program.java(), "-jar", Program.SERVICE.toString(), "keys"));
    keys.addAll(List.of("--farm", "a farm for tests", "--port", Integer.toString(farm.port())));
    try (Program program = Program.start(farm.serviceHome(), keys)) {
      assertEquals(0, program.exitCode(), program.text());
    }
    farm.service().untilPrinted("TLS is on");
    nodeKey = "FarmKey=" + KeyFiles.in(farm.serviceHome(), "node");
    String clientKey = KeyFiles.in(farm.serviceHome(), "client").toString();
    exchange = new Exchange(scratch, farm, List.of("--farm-key", clientKey));
    lender = exchange.addNode(1, nodeKey);
    exchange.bring(1, IMAGE);
  }

  @AfterAll
  static void endFarm() {
    farm.close();
  }

  @Test
  void aNodeThatCanBeDialledGetsItOverAConnectionOfItsOwn() throws Exception {
    var borrower = exchange.addNode(2, nodeKey);
    Patience.untilTrue("the service has dialled both", () -> dialled("node can be dialled") >= 2);

    run("direct", 2);

    borrower.communicator().untilPrinted("an artifact came from another node");
    borrower.communicator().untilPrinted("as=lender~");
    assertTrue(lender.communicator().text().contains("was lent"));
  }

  @Test
  void aNodeThatCannotBeDialledGetsItThroughTheService() throws Exception {
    var borrower =
        exchange.addNode(3, nodeKey, "TestAutomationCommunicatorHostname=nowhere.invalid");
    farm.service().untilPrinted("node cannot be dialled");

    run("relayed", 3);

    borrower.communicator().untilPrinted("an artifact came from another node");
    farm.service().untilPrinted("file " + Exchange.digest(IMAGE) + " is relayed");
    assertFalse(borrower.communicator().text().contains("as=lender~"));
  }

  private static void run(String id, int number) throws Exception {
    var test = exchange.test(id, IMAGE);
    try (var client = exchange.start(test, "imei:" + Exchange.imei(number) + ";")) {
      assertEquals(0, client.exitCode(), client.text());
      assertTrue(client.text().contains(Exchange.digest(IMAGE)), client.text());
      assertTrue(client.lines().contains(Exchange.imei(number)), client.text());
    }
  }

  private static long dialled(String how) {
    return farm.service().lines().stream().filter(line -> line.contains(how)).count();
  }
}
