package com.nokia.ci.tas.service.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.service.access.AuditEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class AuditLogTest {
  private static final Instant NOON =
      LocalDate.of(2026, 11, 20).atTime(12, 0).atZone(ZoneId.systemDefault()).toInstant();
  private static final String TODAY = "audit-2026-11-20.jsonl";

  @TempDir Path directory;

  @Test
  void anEntryIsALineOfJson() throws IOException {
    try (var log = open(Duration.ofDays(10))) {
      log.record("anna", "10.1.0.7", "log-in", "", AuditEntry.DONE);
      log.record("a\nb\"", "10.1.0.8", "stop test", "t1", "refused");
    }

    String time = NOON.toString();
    assertEquals(
        List.of(
            "{\"time\":\""
                + time
                + "\",\"who\":\"anna\",\"from\":\"10.1.0.7\",\"what\":\"log-in\","
                + "\"on\":\"\",\"outcome\":\"done\"}",
            "{\"time\":\""
                + time
                + "\",\"who\":\"a\uFFFDb\\\"\",\"from\":\"10.1.0.8\","
                + "\"what\":\"stop test\",\"on\":\"t1\",\"outcome\":\"refused\"}"),
        Files.readAllLines(directory.resolve(TODAY)));
  }

  @Test
  void programsAppendToOneFile() throws IOException {
    var files = new AuditFiles(directory);
    files.append(new AuditEntry(NOON, "root", AuditEntry.COMMAND_LINE, "add user", "anna", "done"));
    try (var log = open(Duration.ofDays(10))) {
      log.record("anna", "10.1.0.7", "log-in", "", AuditEntry.DONE);
    }

    assertEquals(2, Files.readAllLines(directory.resolve(TODAY)).size());
  }

  @Test
  void filesThatAreTooOldAreRemovedAndOthersStay() throws IOException {
    for (String name :
        List.of("audit-2026-11-09.jsonl", "audit-2026-11-10.jsonl", "2026-01-01.log", "audit-x")) {
      Files.writeString(directory.resolve(name), "");
    }

    open(Duration.ofDays(10)).close();

    assertFalse(Files.exists(directory.resolve("audit-2026-11-09.jsonl")));
    for (String name : List.of("audit-2026-11-10.jsonl", "2026-01-01.log", "audit-x")) {
      assertTrue(Files.exists(directory.resolve(name)), name);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void onlyTheOwnerReadsIt() throws IOException {
    try (var log = open(Duration.ofDays(10))) {
      log.record("anna", "10.1.0.7", "log-in", "", AuditEntry.DONE);
    }

    assertEquals(
        PosixFilePermissions.fromString("rw-------"),
        Files.getPosixFilePermissions(directory.resolve(TODAY)));
  }

  private AuditLog open(Duration period) {
    return AuditLog.open(directory, () -> period, () -> NOON);
  }
}
