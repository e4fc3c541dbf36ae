package com.nokia.ci.tas.samples.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nokia.ci.tas.commons.Closing;
import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A farm of one node, and a browser that looks at its pages. For one thread.
 *
 * @param scratch where everything of it lives
 * @param farm real processes
 * @param browser on no page yet
 */
record SeenFarm(Path scratch, LocalFarm farm, Chromium browser) implements AutoCloseable {
  static final String NODE = "Lab 4, rack 2";

  /** Starts all of it; what was started is ended when something does not start. */
  static SeenFarm start(Path scratch, int products) throws Exception {
    var farm = LocalFarm.start(scratch, "test-minimal-execution-time=1000");
    try {
      farm.addNode(NODE, products);
      return new SeenFarm(scratch, farm, new Chromium(scratch));
    } catch (Exception | Error e) {
      farm.close();
      throw e;
    }
  }

  /** Opens a page of the farm and waits until it is there. */
  void open(String path) throws Exception {
    browser.open("http://" + farm.address() + path);
  }

  /** Starts a test that is a shell script. */
  Program started(String id, String script, String requirement, String... further)
      throws Exception {
    Path workspace = Files.createTempDirectory(scratch, "work");
    Files.writeString(workspace.resolve("run.sh"), script);
    var arguments =
        new ArrayList<>(
            List.of(
                "--id",
                id,
                "--workspace",
                workspace.toString(),
                "--executor-application",
                "sh",
                "--executor-script",
                "run.sh",
                "--artifact",
                "run.sh",
                "--require",
                requirement));
    arguments.addAll(List.of(further));
    return farm.client("start", arguments.toArray(String[]::new));
  }

  /** Has a test run to its end, which its client tells with this exit code. */
  void ended(String id, String script, String requirement, int code) throws Exception {
    try (var client = started(id, script, requirement)) {
      assertEquals(code, client.exitCode(), client.text());
    }
  }

  @Override
  public void close() {
    Closing.all(browser, farm);
  }
}
