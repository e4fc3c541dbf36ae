package com.nokia.ci.tas.samples.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Patience;
import com.nokia.ci.tas.samples.flood.Burden;
import com.nokia.ci.tas.samples.flood.Flood;
import com.nokia.ci.tas.samples.flood.HeldConnections;
import com.nokia.ci.tas.samples.flood.HeldConnections.Habit;
import com.nokia.ci.tas.samples.flood.Sources;
import com.nokia.ci.tas.samples.flood.Volleys;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Floods against a real service: a test runs through all the same, memory and connections stay
 * bounded. How much longer the test takes is measured by {@code ./tas bench flood}.
 */
@Isolated("it needs the machine for itself")
class FloodTest {
  /** 4,096 connections of an address, and what the service has open by itself. */
  private static final int MOST_FILES_OF_ONE_ADDRESS = 4_096 + 200;

  /** The heap has 256 MB; the rest is the machine itself, its code and its buffers. */
  private static final long MOST_MEMORY = 700L << 20;

  private static final int MANY = 5_000;

  @TempDir static Path scratch;
  private static LocalFarm farm;

  @BeforeAll
  static void startFarm() throws Exception {
    farm = LocalFarm.start(scratch);
    farm.addNode("node", 2);
  }

  @AfterAll
  static void endFarm() {
    farm.close();
  }

  private static Named<IntFunction<Flood>> flood(String name, IntFunction<Flood> begin) {
    return Named.of(name, begin);
  }

  static Stream<Named<IntFunction<Flood>>> floods() {
    Sources spread = Sources.many(50);
    int many = Sources.room(MANY);
    return Stream.of(
        flood(
            "half-open connections of one address",
            port -> new HeldConnections(Habit.halfOpen(), many, Sources.one(), port)),
        flood(
            "half-open connections",
            port -> new HeldConnections(Habit.halfOpen(), many, spread, port)),
        flood("garbage of one address", port -> Volleys.ofGarbage(1_000, Sources.one(), port)),
        flood("garbage", port -> Volleys.ofGarbage(1_000, spread, port)),
        flood("log-ins", port -> Volleys.ofLogIns(500, spread, port)),
        flood("slow messages", port -> new HeldConnections(Habit.slowWriting(), 200, spread, port)),
        flood("slow files", port -> new HeldConnections(Habit.slowFile(), 200, spread, port)),
        flood("slow requests", port -> new HeldConnections(Habit.slowAsking(), 200, spread, port)),
        flood("slow readers", port -> new HeldConnections(Habit.slowReading(), 200, spread, port)));
  }

  @ParameterizedTest
  @MethodSource("floods")
  void aTestRunsThroughAFlood(IntFunction<Flood> begin) throws Exception {
    try (Flood flood = begin.apply(farm.port())) {
      Patience.untilTrue("the flood has come", () -> flood.connections() >= 200);
      var test = ShellTest.in(scratch, "under-" + System.nanoTime(), "echo dry\n");
      try (var client = test.start(farm, "--require", "rm-code:RM-763;")) {
        assertEquals(0, client.exitCode(), client.text());
      }
      Burden burden = Burden.of(farm.service());
      assertTrue(burden.residentBytes() < MOST_MEMORY, flood.name() + ": " + burden);
      assertTrue(burden.openFiles() < MANY + MOST_FILES_OF_ONE_ADDRESS, burden.toString());
      if (flood.name().contains("half-open") && !flood.name().contains("addresses")) {
        assertTrue(burden.openFiles() <= MOST_FILES_OF_ONE_ADDRESS, burden.toString());
      }
    }
    assertTrue(farm.service().isRunning());
    assertEquals(200, farm.get("/healthz").statusCode());
  }
}
