package com.nokia.ci.tas.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.service.settings.Setting;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestAutomationServiceTest {

  @Test
  void withoutArgumentsTheUsualPortIsTaken() {
    assertEquals(ServiceSettings.in(Path.of("")), settings());
  }

  @Test
  void aStandbyThatIsNeitherTrueNorFalseIsRefused() {
    var refusal =
        assertThrows(SettingsException.class, () -> settings("TestAutomationServiceStandby=maybe"));
    assertEquals(
        "argument TestAutomationServiceStandby=maybe is neither true nor false",
        refusal.getMessage());
  }

  @Test
  void everyArgumentIsUnderstood() {
    assertEquals(
        new ServiceSettings(
            Path.of(""),
            4242,
            Optional.of("farm.example"),
            "needs help = yes",
            Map.of("maintenance-mode", "1", "plain-peer-networks", ""),
            /* standby= */ true),
        settings(
            "TestAutomationServicePortNumber=4242",
            "TestAutomationServiceDescription=needs help = yes",
            "TestAutomationServiceHostname=farm.example",
            "TestAutomationServiceStandby=true",
            "maintenance-mode=1",
            "plain-peer-networks="));
  }

  @ParameterizedTest
  @CsvSource({
    "TestAutomationServicePortNumber=65536, 65536",
    "TestAutomationServicePortNumber=-1, -1",
    "TestAutomationServicePortNumber=http, http",
    "TestAutomationServicePort=1, TestAutomationServicePortNumber",
    "maintenance-mod=1, maintenance-mode",
    "TestAutomationServiceHostname=http://farm/, http://farm/",
    "TestAutomationServiceHostname=my farm, my farm",
    "TestAutomationServiceHostname=farm:31415, farm:31415",
    "31415, 31415"
  })
  void whatIsNotUnderstoodIsNamed(String argument, String part) {
    var refusal = assertThrows(SettingsException.class, () -> settings(argument));
    assertTrue(refusal.getMessage().contains(part), refusal.getMessage());
  }

  @Test
  void theHelpNamesEverySettingAndAnExample() {
    String help = TestAutomationService.arguments().help();
    for (var setting : Setting.values()) {
      assertTrue(help.contains(setting.key() + "="), setting.key());
    }
    assertTrue(help.contains("java -jar TestAutomationService.jar TestAutomationService"), help);
  }

  private static ServiceSettings settings(String... arguments) {
    return TestAutomationService.settings(TestAutomationService.arguments().parse(arguments));
  }
}
