package com.nokia.ci.tas.service.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.service.farm.EndedTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatisticsDirectoryTest {
  private static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");
  private static final LocalDate TODAY = LocalDate.ofInstant(T0, ZoneId.systemDefault());

  @TempDir Path directory;

  @Test
  void anEndedTestIsOneLineOfItsDay() throws IOException {
    try (var statistics = open()) {
      statistics.record(ended("smoke_1", T0));
      statistics.record(ended("smoke_2", T0));
      statistics.record(ended("smoke_3", T0.minus(Duration.ofDays(1))));
    }

    List<String> today = Files.readAllLines(file(TODAY));
    assertEquals(2, today.size());
    assertTrue(today.get(0).contains("\"id\":\"smoke_1\""), today.get(0));
    assertTrue(today.get(0).contains("\"verdict\":\"finished\""), today.get(0));
    assertEquals(1, Files.readAllLines(file(TODAY.minusDays(1))).size());
  }

  @Test
  void secretsStaySealed() throws IOException {
    try (var statistics = open()) {
      statistics.record(ended("smoke_1", T0));
    }

    String record = Files.readString(file(TODAY));
    assertTrue(record.contains("004402136230483") && !record.contains("7391"), record);
  }

  @Test
  void recordsOlderThanTheThresholdAreRemovedAndNothingElse() throws IOException {
    Path old = Files.writeString(file(TODAY.minusDays(8)), "old\n");
    Path kept = Files.writeString(file(TODAY.minusDays(7)), "kept\n");
    Path foreign = Files.writeString(directory.resolve("2001-01-01.txt"), "foreign\n");
    Path odd = Files.writeString(directory.resolve("yesterday.jsonl"), "odd\n");

    try (var statistics = open()) {
      statistics.record(ended("smoke_1", T0));
    }

    assertEquals(
        List.of(false, true, true, true),
        List.of(old, kept, foreign, odd).stream().map(Files::exists).toList());
  }

  private StatisticsDirectory open() throws IOException {
    return StatisticsDirectory.open(
        directory,
        new StatisticsDirectory.Periods(() -> Duration.ofDays(7), () -> Duration.ofMinutes(15)),
        InstantSource.fixed(T0));
  }

  private Path file(LocalDate day) {
    return directory.resolve(day + ".jsonl");
  }

  private static EndedTest ended(String id, Instant at) {
    var product = ProductDescription.of(Map.of("imei", "004402136230483", "sim1-pin1", "7391"));
    return new EndedTest(
        TestDescription.named(RuntimeId.of(id)).with(TestProgress.NONE.reserving(List.of(product))),
        new ClientId(new Endpoint("ci.example", 16_180)),
        EndedTest.Verdict.FINISHED,
        Optional.empty(),
        1,
        Optional.empty(),
        new EndedTest.Times(at, Optional.empty(), Optional.empty(), at));
  }
}
