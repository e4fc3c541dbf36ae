package com.nokia.ci.tas.samples.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.samples.farm.LocalFarm;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A test that goes on without the command that started it, as a shell sees it. */
class DetachedCommandsTest {
  @TempDir Path scratch;

  @Test
  void aDetachedTestIsFollowedAndItsOutputAndResultsAreThereAfterwards() throws Exception {
    Path gate = scratch.resolve("gate");
    Path results = scratch.resolve("results");
    var test =
        ShellTest.in(
            scratch,
            "alone",
            "echo first; while [ ! -e '"
                + gate
                + "' ]; do sleep 0.1; done; echo last\n"
                + "echo '<testsuite><testcase name=\"a\"/></testsuite>' > report.xml\n");
    try (var farm = LocalFarm.start(scratch, "test-minimal-execution-time=1000")) {
      farm.addNode("node", 1);
      try (var start =
          test.start(farm, "--detach", "--results", "report.xml", "--require", "rm-code:RM-763;")) {
        assertEquals(0, start.exitCode(), start.text());
        start.untilPrinted("test alone goes on without this command");
      }
      try (var early = farm.client("logs", "--id", "alone")) {
        assertEquals(3, early.exitCode(), early.text());
      }
      try (var attached =
          farm.client("attach", "--id", "alone", "--results-dir", results.toString())) {
        attached.untilPrinted("first");
        Files.createFile(gate);
        assertEquals(0, attached.exitCode(), attached.text());
        attached.untilPrinted("last");
        attached.untilPrinted("verdict PASS: none of 1 cases failed");
      }
      assertTrue(Files.exists(results.resolve("report.xml")));
      Path again = scratch.resolve("again");
      try (var fetched =
              farm.client("results", "--id", "alone", "--results-dir", again.toString());
          var logs = farm.client("logs", "--id", "alone", "--json")) {
        assertEquals(0, fetched.exitCode(), fetched.text());
        assertEquals(0, logs.exitCode(), logs.text());
        logs.untilPrinted("{\"event\":\"output\",\"test\":\"alone\"");
        logs.untilPrinted("first");
        logs.untilPrinted("last");
      }
      assertTrue(Files.exists(again.resolve("report.xml")));
      try (var nobody = farm.client("attach", "--id", "nobody")) {
        assertEquals(3, nobody.exitCode(), nobody.text());
      }
    }
  }
}
