package com.nokia.ci.tas.samples.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.client.TestAutomationClient;
import com.nokia.ci.tas.commons.Closing;
import com.nokia.ci.tas.commons.Product;
import com.nokia.ci.tas.commons.TestAutomationServiceListener;
import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Patience;
import com.nokia.ci.tas.samples.farm.Processes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever ends a test ends its executor, the child of that and the grandchild in a session of its
 * own, all of which do not listen when they are asked to end.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(300)
class ExecutorTreesTest {
  private static final int LEVELS = 3;

  /** Each level tells its pid, starts the next, and goes on when it is told to end. */
  private static final String SCRIPT =
      """
      trap '' TERM INT HUP
      level=${LEVEL:-1}
      echo $$ > '%1$s'/pid.$level.part
      mv '%1$s'/pid.$level.part '%1$s'/pid.$level
      case $level in
        1) LEVEL=2 sh "$0" & ;;
        2) LEVEL=3 setsid sh "$0" & ;;
      esac
      while :; do sleep 1; done
      """;

  private static final String[] IMEIS = {"350000000000001", "350000000000002", "350000000000003"};

  @TempDir static Path scratch;
  private static LocalFarm farm;
  private static Path productsFile;
  private static TestAutomationClient client;

  @BeforeAll
  static void startFarm() throws Exception {
    farm = LocalFarm.start(scratch, "test-minimal-execution-time=1");
    productsFile = scratch.resolve("products.txt");
    plugIn(IMEIS);
    farm.addNode("node", productsFile, IMEIS.length, "StopPoliteness=1");
    client = new TestAutomationClient(new PrintStream(OutputStream.nullOutputStream()));
  }

  @AfterAll
  static void endFarm() {
    Closing.all(client, farm);
  }

  @Test
  void aStopEndsThemAll() throws Exception {
    var tree = new Tree("stopped", IMEIS[0]);
    tree.start();
    tree.awaitAll();

    client.stopTest(tree.test, "localhost", farm.port(), tree);

    assertTrue(tree.awaitEnd().contains("stopped by"), tree.awaitEnd());
    tree.assertGone();
  }

  @Test
  void aTimeoutEndsThemAll() throws Exception {
    // A busy machine may not have started all of them within the first of these.
    for (int seconds = 3; ; seconds *= 4) {
      var tree = new Tree("late-" + seconds, IMEIS[1]);
      tree.test.setTimeout(TimeUnit.SECONDS.toMillis(seconds));
      tree.start();

      assertTrue(tree.awaitEnd().contains("timeout"), tree.awaitEnd());
      if (tree.areAllThere()) {
        tree.assertGone();
        return;
      }
    }
  }

  @Test
  void theLossOfItsProductEndsThemAll() throws Exception {
    var tree = new Tree("unplugged", IMEIS[2]);
    tree.test.setProductDisconnectionTimeout(1);
    tree.start();
    tree.awaitAll();

    plugIn(IMEIS[0], IMEIS[1]);

    tree.awaitEnd();
    tree.assertGone();
    plugIn(IMEIS);
  }

  @Test
  void theEndOfTheDaemonEndsThemAll() throws Exception {
    String imei = "350000000000009";
    Path own = scratch.resolve("leaving.txt");
    Files.writeString(own, "imei:" + imei + ";\n");
    var node = farm.addNode("leaving", own, 1, "StopPoliteness=1");
    var tree = new Tree("left", imei);
    tree.start();
    tree.awaitAll();

    node.communicator().terminate();

    assertEquals(143, node.communicator().exitCode(), node.communicator().text());
    tree.assertGone();
    client.stopTest(tree.test, "localhost", farm.port(), tree);
    tree.awaitEnd();
  }

  private static void plugIn(String... imeis) throws IOException {
    Path next = productsFile.resolveSibling("products.next");
    Files.write(next, Stream.of(imeis).map(imei -> "imei:" + imei + ";").toList());
    Files.move(next, productsFile, StandardCopyOption.REPLACE_EXISTING);
  }

  /** A test whose executor is three levels deep. */
  private static final class Tree implements TestAutomationServiceListener {
    final com.nokia.ci.tas.commons.Test test;
    private final Path traces;
    private final CompletableFuture<String> end = new CompletableFuture<>();

    Tree(String id, String imei) throws IOException {
      traces = Files.createTempDirectory(scratch, "traces");
      var script = ShellTest.in(scratch, id, SCRIPT.formatted(traces));
      var product = new Product();
      product.setIMEI(imei);
      test = new com.nokia.ci.tas.commons.Test(id, com.nokia.ci.tas.commons.Test.Target.FLASH);
      test.addRequiredProduct(product);
      test.setWorkspacePath(script.workspace().toString());
      test.setExecutorApplication("sh");
      test.setExecutorScript("execute.sh");
      test.addArtifact("execute.sh");
    }

    void start() {
      client.startTest(test, "localhost", farm.port(), this);
    }

    boolean areAllThere() throws IOException {
      return pids().size() == LEVELS;
    }

    void awaitAll() throws Exception {
      Patience.untilTrue("the whole tree of " + test.getId() + " runs", this::areAllThere);
    }

    /** What its issuer was told in the end. */
    String awaitEnd() throws Exception {
      return end.get(120, TimeUnit.SECONDS);
    }

    /** A node may be heard of before the system has taken the last process away. */
    void assertGone() throws Exception {
      var pids = pids();
      assertEquals(LEVELS, pids.size());
      Patience.untilTrue(
          "none of " + pids + " runs", () -> pids.stream().noneMatch(Processes::isRunning));
    }

    private List<Long> pids() throws IOException {
      var pids = new ArrayList<Long>();
      for (int level = 1; level <= LEVELS; level++) {
        Path file = traces.resolve("pid." + level);
        if (Files.exists(file)) {
          pids.add(Long.parseLong(Files.readString(file).strip()));
        }
      }
      return pids;
    }

    @Override
    public void testStarted(com.nokia.ci.tas.commons.Test started) {}

    @Override
    public void testFinished(com.nokia.ci.tas.commons.Test finished) {
      end.complete("finished");
    }

    @Override
    public void testFailed(com.nokia.ci.tas.commons.Test failed, String reason) {
      end.complete(reason);
    }

    @Override
    public void messageFromTestAutomationService(
        com.nokia.ci.tas.commons.Test about, String message) {}

    @Override
    public InputStream readFile(String directoryPath, String fileName) {
      return null;
    }

    @Override
    public OutputStream createFile(String directoryPath, String fileName) {
      return null;
    }
  }
}
