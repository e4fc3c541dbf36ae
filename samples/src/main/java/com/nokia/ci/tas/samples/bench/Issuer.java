package com.nokia.ci.tas.samples.bench;

import com.nokia.ci.tas.client.ClientSettings;
import com.nokia.ci.tas.client.TestAutomationClient;
import com.nokia.ci.tas.commons.Product;
import com.nokia.ci.tas.commons.Test;
import com.nokia.ci.tas.commons.TestAutomationServiceListener;
import com.nokia.ci.tas.samples.farm.LocalFarm;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Issues tests through the client library and tells when they started and ended. */
final class Issuer implements AutoCloseable {
  private static final int WARM_UP = 1_500;

  private final LocalFarm farm;
  private final TestAutomationClient client;
  private final Map<String, Watched> tests = new ConcurrentHashMap<>();
  private int number;
  private int alone;

  Issuer(LocalFarm farm) {
    this(farm, ClientSettings.defaults());
  }

  /** One that speaks to the farm in a way of its own. */
  Issuer(LocalFarm farm, ClientSettings settings) {
    this.farm = farm;
    this.client =
        TestAutomationClient.open(
            settings.withOutput(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)));
  }

  /**
   * A test under way.
   *
   * @param started completed with {@link System#nanoTime()} when the farm tells that it started
   * @param ended completed likewise when it finished, exceptionally when it failed
   * @param lines of output that came so far
   */
  record Watched(CompletableFuture<Long> started, CompletableFuture<Long> ended, LongAdder lines) {
    long awaitStart() throws Exception {
      return started.get(2, TimeUnit.MINUTES);
    }

    long awaitEnd() throws Exception {
      return ended.get(5, TimeUnit.MINUTES);
    }
  }

  /** Starts a test on any one of the simulated products. */
  Watched start(String application, String workspace, String... artifacts) {
    return issue(application, workspace, "", artifacts);
  }

  /** Likewise one beside which nothing runs. */
  Watched startAlone(String application, String workspace) {
    alone++;
    return start(application, workspace);
  }

  /** How many were started alone so far. */
  int startedAlone() {
    return alone;
  }

  /** Likewise one whose results are wanted in its workspace. */
  Watched startForResults(String application, String workspace, String results) {
    return issue(application, workspace, results);
  }

  private Watched issue(String application, String workspace, String results, String... artifacts) {
    var product = new Product();
    product.setRMCode("RM-763");
    var test = new Test("bench_" + ++number, Test.Target.FLASH);
    test.addRequiredProduct(product);
    test.setWorkspacePath(workspace);
    test.setExecutorApplication(application);
    test.setResultsFilename(results);
    for (String artifact : artifacts) {
      test.addArtifact(artifact);
    }
    var watched =
        new Watched(new CompletableFuture<>(), new CompletableFuture<>(), new LongAdder());
    tests.put(test.getId(), watched);
    client.startTest(test, "localhost", farm.port(), new Listener());
    return watched;
  }

  /**
   * Runs tests that do nothing, all at once.
   *
   * @return how many ended in a second
   */
  double rate(int tests) throws Exception {
    long begin = System.nanoTime();
    List<Watched> started = new ArrayList<>();
    for (int i = 0; i < tests; i++) {
      started.add(start("true", "/"));
    }
    for (Watched test : started) {
      test.awaitEnd();
    }
    return tests / ((System.nanoTime() - begin) / 1e9);
  }

  /** A farm runs for weeks: what its programs do all day is compiled by then. */
  void warmUp() throws Exception {
    var unused = rate(WARM_UP);
  }

  @Override
  public void close() {
    client.close();
  }

  private final class Listener implements TestAutomationServiceListener {
    @Override
    public void testStarted(Test test) {
      tests.get(test.getId()).started().complete(System.nanoTime());
    }

    @Override
    public void testFinished(Test test) {
      tests.get(test.getId()).ended().complete(System.nanoTime());
    }

    @Override
    public void testFailed(Test test, String reason) {
      var failure = new IllegalStateException(test.getId() + " failed: " + reason);
      tests.get(test.getId()).started().completeExceptionally(failure);
      tests.get(test.getId()).ended().completeExceptionally(failure);
    }

    @Override
    public void messageFromTestAutomationService(Test test, String message) {
      tests.get(test.getId()).lines().add(message.lines().count());
    }

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
