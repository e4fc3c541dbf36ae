package com.nokia.ci.tas.communicator.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.NodeFacts;
import com.nokia.ci.tas.communicator.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class MachineFactsTest {
  @TempDir Path machine;

  @Test
  void whatTheMachineSaysOfItselfIsTold() throws IOException {
    Files.createDirectories(machine.resolve("proc"));
    Files.createDirectories(machine.resolve("etc"));
    Files.writeString(
        machine.resolve("etc/os-release"), "ID=debian\nPRETTY_NAME=\"Debian GNU/Linux 12\"\n");
    Files.writeString(
        machine.resolve("proc/cpuinfo"), "processor\t: 0\nmodel name\t: Board CPU : fast\n");
    Files.writeString(
        machine.resolve("proc/meminfo"), "MemTotal:  2048 kB\nMemAvailable:   1024 kB\n");
    Files.writeString(machine.resolve("proc/uptime"), "350735.47 234388.90\n");

    var told = new MachineFacts(machine, machine);
    var facts = told.facts();

    assertEquals("Debian GNU/Linux 12", facts.get("operating-system"));
    assertEquals("Board CPU : fast", facts.get("processor-model"));
    assertEquals("2097152", facts.get("memory-bytes"));
    assertEquals("1048576", facts.get("memory-available-bytes"));
    assertEquals("350735", facts.get("uptime-seconds"));
    assertEquals(1_048_576, told.availableMemory().orElseThrow());
    assertTrue(Long.parseLong(facts.get("disk-free-bytes")) > 0);
    assertEquals(NodeFacts.of(facts), NodeFacts.parse(NodeFacts.of(facts).text()));
  }

  @Test
  void whatIsNotKnownIsLeftOut() {
    var facts = new MachineFacts(machine, machine.resolve("gone")).facts();

    assertFalse(facts.containsKey("memory-bytes"), facts.toString());
    assertFalse(facts.containsKey("disk-free-bytes"), facts.toString());
    assertTrue(facts.containsKey("processors"), facts.toString());
  }

  @Test
  void aSheetGathersAllSourcesAndTheLaterCounts() {
    var sheet =
        new FactSheet(
            List.of(() -> Map.of("a", "1", "b", "2"), () -> Map.of("b", "3", "Not A Name", "4")));

    assertEquals(NodeFacts.of(Map.of("a", "1", "b", "3")), sheet.now());
  }

  @Test
  void adbIsAskedOnceAndItsVersionIsTold() throws Exception {
    Path adb =
        script("echo 'Android Debug Bridge version 1.0.41'; echo 'Version 29.0.6-debian'; echo x");
    var version = AdbVersion.ask(List.of(adb.toString(), "version"), Duration.ofMinutes(1));

    Until.isSo("adb has answered", () -> !version.facts().isEmpty());
    assertEquals(Map.of("adb-version", "29.0.6-debian"), version.facts());
  }

  private Path script(String text) throws IOException {
    Path script = machine.resolve("adb");
    Files.writeString(script, "#!/bin/sh\n" + text + "\n");
    assertTrue(script.toFile().setExecutable(true));
    return script;
  }
}
