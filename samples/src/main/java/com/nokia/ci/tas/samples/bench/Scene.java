package com.nokia.ci.tas.samples.bench;

import com.nokia.ci.tas.samples.farm.LocalFarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;

/**
 * What sections share: a scratch directory, and a farm with ten products that starts when the first
 * asks for it.
 */
final class Scene implements AutoCloseable {
  static final int PRODUCTS = 10;

  private final Path scratch;
  private LocalFarm farm;
  private Issuer issuer;

  Scene() throws IOException {
    scratch = Files.createTempDirectory("tas-bench");
  }

  /**
   * A farm for tests that are over at once, without nodes yet.
   *
   * @param testsPerNode how many a node may run at a time
   */
  static LocalFarm farm(Path directory, int testsPerNode) throws Exception {
    return LocalFarm.start(
        directory,
        "maximal-number-of-tests-per-node=" + testsPerNode,
        "test-minimal-execution-time=1000");
  }

  Path scratch() {
    return scratch;
  }

  /** A directory of its own below the scratch directory. */
  Path scratch(String name) throws IOException {
    return Files.createTempDirectory(scratch, name);
  }

  LocalFarm farm() throws Exception {
    if (farm == null) {
      farm = farm(scratch("farm"), PRODUCTS);
      farm.addNode("node", PRODUCTS);
    }
    return farm;
  }

  /** Of the farm with ten products, warmed up. */
  Issuer issuer() throws Exception {
    if (issuer == null) {
      issuer = new Issuer(farm());
      issuer.warmUp();
    }
    return issuer;
  }

  /** Ends the farm; the next one who asks gets another. */
  void endFarm() {
    if (issuer != null) {
      issuer.close();
      issuer = null;
    }
    if (farm != null) {
      farm.close();
      farm = null;
    }
  }

  @Override
  public void close() {
    endFarm();
    FileUtils.deleteQuietly(scratch.toFile());
  }
}
