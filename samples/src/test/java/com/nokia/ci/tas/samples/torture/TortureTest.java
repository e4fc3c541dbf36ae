package com.nokia.ci.tas.samples.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nokia.ci.tas.samples.torture.TortureSettings.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A short torture; {@code ./tas torture} takes longer ones. */
@EnabledOnOs(OS.LINUX)
class TortureTest {
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path directory;

  @Test
  void aFarmWhoseProgramsAreKilledKeepsItsPromises() throws Exception {
    var settings =
        new TortureSettings(Duration.ofSeconds(70), 1, 2, 3, 2, EnumSet.of(Kind.SERVICE));
    assertEquals(List.of(), new Torture(settings, directory, System.out).run());
  }
}
