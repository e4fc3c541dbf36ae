package com.nokia.ci.tas.samples.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A short torture; {@code ./tas torture} takes longer ones. */
@EnabledOnOs(OS.LINUX)
@Isolated("it needs the machine for itself")
class TortureTest {
  /** Has most programs hit in most ways, the service among them. */
  private static final long SEED = 4;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path directory;

  @Test
  void aFarmWhoseProgramsAreKilledKeepsItsPromises() throws Exception {
    TortureSettings settings = TortureSettings.of(Duration.ofSeconds(40), SEED);
    assertEquals(List.of(), new Torture(settings, directory, System.out).run());
  }
}
