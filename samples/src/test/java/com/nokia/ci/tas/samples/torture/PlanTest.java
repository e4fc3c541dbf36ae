package com.nokia.ci.tas.samples.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.samples.torture.Blow.Means;
import com.nokia.ci.tas.samples.torture.TortureSettings.Kind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is done to a farm, and how it is asked for. */
class PlanTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void aSeedGivesTheSamePlanAgain() {
    var settings = TortureSettings.of(HOUR, 42);
    assertEquals(Plan.of(settings), Plan.of(settings));
    assertNotEquals(Plan.of(settings), Plan.of(TortureSettings.of(HOUR, 43)));
  }

  @Test
  void everyProgramIsHitInEveryWay() {
    List<Blow> plan = Plan.of(TortureSettings.of(HOUR, 42));
    for (Means means : Means.values()) {
      Set<String> hit =
          plan.stream()
              .filter(it -> it.means() == means)
              .flatMap(it -> it.victims().stream())
              .collect(Collectors.toSet());
      assertEquals(7, hit.size(), means + " " + hit);
    }
    assertTrue(plan.stream().anyMatch(it -> it.victims().size() == 7), "all at once");
  }

  @Test
  void whatIsSparedIsNotHit() {
    var settings = new TortureSettings(HOUR, 42, 2, 3, 2, EnumSet.of(Kind.SERVICE, Kind.BRIDGE));
    assertTrue(
        Plan.of(settings).stream()
            .flatMap(it -> it.victims().stream())
            .noneMatch(it -> it.startsWith("service") || it.startsWith("bridge")));
  }

  @Test
  void theArgumentsAreRead() {
    assertEquals(
        Optional.of(
            new TortureSettings(
                Duration.ofSeconds(90), 7, 1, 2, 3, EnumSet.of(Kind.SERVICE, Kind.CLIENT))),
        TortureSettings.read(
            List.of(
                ("--minutes 1.5 --seed 7 --nodes 1 --products 2 --clients 3"
                        + " --spare service,client")
                    .split(" "))));
  }

  @Test
  void wrongArgumentsAreNot() {
    for (String wrong :
        List.of("", "--minutes", "--minutes 0", "--minutes x", "--minutes 1 --spare nothing")) {
      assertEquals(
          Optional.empty(), TortureSettings.read(List.of(wrong.strip().split(" "))), wrong);
    }
  }
}
