package com.nokia.ci.tas.communicator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.Closing;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.model.ByteSize;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.communicator.edge.SessionTerms;
import com.nokia.ci.tas.communicator.execution.KeepRule;
import com.nokia.ci.tas.communicator.execution.ProductArgument;
import com.nokia.ci.tas.communicator.gate.Conditions;
import com.nokia.ci.tas.communicator.gate.GateSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A whole communicator whose owner, or whose tests, want something of the machine. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
final class GatedLaunchTest {
  private static final RuntimeId NIGHTLY = RuntimeId.of("nightly");
  private static final ByteSize MORE_THAN_THERE_IS = new ByteSize(1L << 60);

  @TempDir Path directory;
  private final Station service = new Station();
  private final Station client = new Station();
  private ServerSocket ciProxy;

  @BeforeEach
  void open() throws IOException {
    ciProxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    client.artifacts.put("run.sh", "echo running");
  }

  @AfterEach
  void close() {
    Closing.all(service, client, ciProxy);
  }

  @Test
  void aProgramOfTheOwnerKeepsTestsWaitingUntilItSaysYes() throws Exception {
    Path flag = directory.resolve("station-is-free");
    Path gate =
        Files.writeString(
            directory.resolve("gate.sh"),
            "test -e '" + flag + "' || { echo the station is taken; exit 1; }");
    try (var program = start(gate(Conditions.NONE, "sh \"" + gate + "\"", 60))) {
      order(program, Map.of());

      assertEquals(
          "waiting for sh: the station is taken",
          service.awaitReport(TestStatus.PENDING).progress().details());
      Files.createFile(flag);
      client.awaitLine("running"::equals);
      assertEquals(TestStatus.FINISHED, awaitEnd().status());
    }
  }

  @Test
  void aDiskThatStaysTooFullFailsTheTestByFaultOfTheNode() throws Exception {
    var conditions =
        new Conditions(Optional.of(MORE_THAN_THERE_IS), Optional.empty(), Optional.empty());
    try (var program = start(gate(conditions, "", 1))) {
      order(program, Map.of());

      var failed = awaitEnd();
      assertEquals(Optional.of(Fault.NODE), failed.fault());
      assertTrue(
          failed
              .details()
              .startsWith(
                  "the executor was not started within 1 s: waiting for 1048576 TB of free disk,"),
          failed.details());
      // The report goes out before the workspace is closed.
      Until.isGone(directory.resolve("workspace/nightly"));
    }
  }

  @Test
  void aTestMayAskForSomethingItself() throws Exception {
    try (var program = start(gate(Conditions.NONE, "", 1))) {
      order(program, Map.of("tas.gate.free-memory", MORE_THAN_THERE_IS.bytes() + ""));

      var failed = awaitEnd();
      assertTrue(failed.details().contains("of free memory"), failed.details());
      assertEquals(Optional.of(Fault.NODE), failed.fault());
    }
  }

  @Test
  void aWishThatNobodyUnderstandsIsTheFaultOfTheRequester() throws Exception {
    try (var program = start(GateSettings.NONE)) {
      order(program, Map.of("tas.gate.free-disk", "enough"));

      var failed = awaitEnd();
      assertTrue(failed.details().contains("tas.gate.free-disk=enough"), failed.details());
      assertEquals(Optional.of(Fault.REQUESTER), failed.fault());
    }
  }

  private TestProgress awaitEnd() throws InterruptedException {
    while (true) {
      var report = service.await(TestOperation.class).test().progress();
      if (report.status() == TestStatus.FAILED || report.status() == TestStatus.FINISHED) {
        return report;
      }
    }
  }

  private static GateSettings gate(Conditions conditions, String program, int limitSeconds) {
    return new GateSettings(
        conditions,
        Optional.of(program).filter(it -> !it.isEmpty()),
        Duration.ofSeconds(60),
        Duration.ofMillis(50),
        Duration.ofSeconds(limitSeconds),
        Duration.ZERO);
  }

  private CommunicatorProgram start(GateSettings gate) {
    return CommunicatorProgram.start(
        new CommunicatorSettings(
            service.endpoint(),
            Optional.of(SessionTerms.DEFAULT),
            new CommunicatorSettings.Own(Optional.of("127.0.0.1"), 0, ""),
            new Endpoint("127.0.0.1", ciProxy.getLocalPort()),
            directory,
            new CommunicatorSettings.Runs(KeepRule.NONE, Duration.ofDays(7), ProductArgument.FILE),
            CommunicatorLimits.defaults().with(gate)));
  }

  private void order(CommunicatorProgram program, Map<String, String> parameters) {
    var execution = new TestExecution("sh", "run.sh", List.of(), parameters, List.of(), "");
    service.say(
        program.endpoint(),
        new TestOperation(
            client.endpoint(),
            program.endpoint(),
            TestOperation.Kind.START,
            TestDescription.named(NIGHTLY).with(execution).with(TestProgress.NONE.attempt(1))));
  }
}
