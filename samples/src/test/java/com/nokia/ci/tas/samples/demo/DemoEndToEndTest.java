package com.nokia.ci.tas.samples.demo;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.samples.farm.Patience;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What {@code ./tas demo} does after the build. */
@Isolated("it looks for every process that these tests have started")
final class DemoEndToEndTest {
  private static final Pattern SCRATCH = Pattern.compile("starting a service in (.*)");
  private static final Pattern PAGE = Pattern.compile("the status page is http://(.*)");
  private static final Pattern USE = Pattern.compile("export TAS=\"\\$PWD/tas\" TAS_SERVICE=(.*)");
  private static final Pattern STOP = Pattern.compile("to stop it: +kill ([0-9 ]+)");

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void theDemoRunsATestAndLeavesNothingBehind() throws Exception {
    Set<ProcessHandle> before = ProcessHandle.current().descendants().collect(toSet());

    boolean passed = demo(false).run();

    assertTrue(passed, output());
    assertTrue(output().contains("  | step: flash the product"), output());
    assertTrue(output().contains("verdict:     finished"), output());
    assertTrue(
        output().contains("results:     results.zip with report.txt; the image arrived unchanged"),
        output());
    assertFalse(Files.exists(Path.of(found(SCRATCH))), output());
    Patience.untilTrue(
        "no process is left",
        () -> ProcessHandle.current().descendants().allMatch(before::contains));
  }

  @Test
  void theKeptFarmRunsUntilItIsStoppedAsTheDemoSays() throws Exception {
    assertTrue(demo(true).run(), output());

    var farm =
        Stream.of(found(STOP).split(" "))
            .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
            .toList();
    farm.forEach(ProcessHandle::destroy);
    assertEquals(3, farm.size(), output());
    assertEquals(found(PAGE), found(USE));
    for (var process : farm) {
      process.onExit().join();
    }
    FileUtils.deleteDirectory(Path.of(found(SCRATCH)).toFile());
  }

  private Demo demo(boolean keeps) {
    return new Demo(keeps, new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  private String output() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private String found(Pattern pattern) {
    Matcher matcher = pattern.matcher(output());
    assertTrue(matcher.find(), output());
    return matcher.group(1).strip();
  }
}
