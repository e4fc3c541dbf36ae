package com.nokia.ci.tas.communicator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.ByteSize;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.communicator.execution.EndingPatience;
import com.nokia.ci.tas.communicator.execution.ExecutorLimits;
import com.nokia.ci.tas.communicator.execution.ExecutorSettings;
import com.nokia.ci.tas.communicator.execution.KeepRule;
import com.nokia.ci.tas.communicator.execution.OutputBounds;
import com.nokia.ci.tas.communicator.execution.ProductArgument;
import com.nokia.ci.tas.communicator.gate.Conditions;
import com.nokia.ci.tas.communicator.gate.GateSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TestAutomationCommunicatorTest {
  private static final String SERVICE = "TestAutomationServiceHostname=tas.example";

  @Test
  void theGuidesArgumentsAreUnderstood() {
    var settings =
        settings(
            "TestAutomationServiceHostname=helpdesk.example",
            "TestAutomationServicePortNumber=12345",
            "TestAutomationCommunicatorPortNumber=27200",
            "TestAutomationCommunicatorDescription=rack 4, shelf 2",
            "--keep-workspaces-of-failed-tests",
            "--cleanup-period-in-days=3");

    assertEquals(new Endpoint("helpdesk.example", 12345), settings.service());
    assertEquals(
        new CommunicatorSettings.Own(Optional.empty(), 27200, "rack 4, shelf 2"), settings.own());
    assertEquals(
        new CommunicatorSettings.Runs(KeepRule.FAILED, Duration.ofDays(3), ProductArgument.FILE),
        settings.runs());
  }

  @Test
  void whatIsLeftOutHasItsDefault() {
    var settings = settings(SERVICE);

    assertEquals(new Endpoint("tas.example", 31415), settings.service());
    assertEquals(new Endpoint("localhost", 14999), settings.ciProxy());
    assertEquals(new CommunicatorSettings.Own(Optional.empty(), 27182, ""), settings.own());
    assertEquals(
        new CommunicatorSettings.Runs(KeepRule.NONE, Duration.ofDays(7), ProductArgument.FILE),
        settings.runs());
  }

  @Test
  void keepingAllWinsAndAnImpossiblePeriodIsTheDefault() {
    var runs =
        settings(
                SERVICE,
                "--keep-workspaces-of-all-tests",
                "--KEEP-workspaces-of-failed-tests",
                "--cleanup-period-in-days=0",
                "--executor-product-argument=serial-number")
            .runs();

    assertEquals(
        new CommunicatorSettings.Runs(
            KeepRule.ALL, Duration.ofDays(7), ProductArgument.SERIAL_NUMBER),
        runs);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TestAutomationServicePortNumber=70000",
        "TestAutomationCommunicatorPortNumber=x",
        "--cleanup-period-in-days=soon",
        "--executor-product-argument=imei",
        "TestAutomationServiceHostname=",
        "KeptConnection=maybe",
        "StopPoliteness=-1",
        "MinimalFreeDisk=some",
        "MinimalFreeMemory=-1G",
        "HighestLoad=0",
        "LaunchSpacing=x",
        "LaunchWait=0",
        "OutputLimit=much",
        "MemoryLimit=4X",
        "CpuTimeLimit=0",
        "OpenFilesLimit=many"
      })
  void anImpossibleArgumentIsNamed(String argument) {
    var refusal = assertThrows(SettingsException.class, () -> settings(SERVICE, argument));
    String name = argument.substring(0, argument.indexOf('='));
    assertTrue(refusal.getMessage().contains(name), refusal.getMessage());
  }

  @Test
  void howExecutorsAreTreatedCanBeSaid() {
    var executor =
        settings(
                SERVICE,
                "StopPoliteness=20",
                "StopPatience=60",
                "OutputLimit=1G",
                "MemoryLimit=4G",
                "CpuTimeLimit=3600",
                "OpenFilesLimit=512")
            .limits()
            .executor();

    assertEquals(
        new ExecutorSettings(
            new EndingPatience(Duration.ofSeconds(20), Duration.ofSeconds(60)),
            new OutputBounds(1L << 30, OutputBounds.DEFAULT.unshown()),
            new ExecutorLimits(
                Optional.of(new ByteSize(4L << 30)), Optional.of(3600L), Optional.of(512L))),
        executor);
    assertEquals(ExecutorSettings.DEFAULT, settings(SERVICE).limits().executor());
  }

  @Test
  void whatExecutorsWaitForCanBeSaid() {
    var gate =
        settings(
                SERVICE,
                "MinimalFreeDisk=5G",
                "MinimalFreeMemory=1G",
                "HighestLoad=2.5",
                "LaunchGate=/opt/gate --quietly",
                "LaunchGateTimeLimit=7",
                "LaunchSpacing=20",
                "LaunchWait=90")
            .limits()
            .gate();

    assertEquals(
        new GateSettings(
            new Conditions(
                Optional.of(new ByteSize(5L << 30)),
                Optional.of(new ByteSize(1L << 30)),
                Optional.of(2.5)),
            Optional.of("/opt/gate --quietly"),
            Duration.ofSeconds(7),
            Duration.ofSeconds(5),
            Duration.ofSeconds(90),
            Duration.ofSeconds(20)),
        gate);
    assertEquals(GateSettings.NONE, settings(SERVICE).limits().gate());
  }

  @Test
  void aMissingServiceIsNamed() {
    var refusal = assertThrows(SettingsException.class, () -> settings());
    assertTrue(refusal.getMessage().contains("TestAutomationServiceHostname"));
  }

  private static CommunicatorSettings settings(String... arguments) {
    return TestAutomationCommunicator.settings(
        TestAutomationCommunicator.arguments().parse(arguments), Map.of());
  }
}
