package com.nokia.ci.tas.samples.torture;

import com.nokia.ci.tas.commons.Product;
import com.nokia.ci.tas.commons.Test;
import com.nokia.ci.tas.commons.Test.ProductReleasingMode;
import com.nokia.ci.tas.commons.TestPackage;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/**
 * A test that a client is to submit.
 *
 * @param kind what its executor does
 * @param steps of a tenth of a second
 * @param size of it
 * @param releasing who gives the products back
 * @param priority in the queue
 * @param stop how long after it was started its client stops it, if it does
 */
record Order(
    Kind kind,
    int steps,
    Size size,
    ProductReleasingMode releasing,
    int priority,
    Optional<Duration> stop) {
  static final String TIMEOUT_MILLIS = "90000";

  /** In steps: longer than a program is down. */
  private static final int A_LONG_TIME = 60;

  private static final int LATEST_STOP_MILLIS = 4_000;

  private static final long PRODUCT_MAY_BE_GONE_MILLIS = 20_000;

  /** What an executor does in the end. */
  enum Kind {
    /** Does its work. */
    STEADY,
    /** Fails the first time, and does its work when it is started again. */
    FLAKY,
    /** Fails each time. */
    FAILING,
    /** Does its work and leaves its companion behind. */
    STRAGGLING,
    /** Does its work, also when it is asked to end. */
    STUBBORN
  }

  /**
   * How much a test needs.
   *
   * @param products that it, or each of its sub-tests, needs, all on one node
   * @param packages a sub-test for each; fewer than two: it has none
   */
  record Size(int products, int packages) {
    int parts() {
      return Math.max(1, packages);
    }
  }

  static Order draw(Random random, int productsOfANode) {
    // Whose executor takes its time to end shows whether its products are kept for it until then.
    Optional<Duration> stop =
        random.nextInt(6) == 0
            ? Optional.of(Duration.ofMillis(random.nextInt(LATEST_STOP_MILLIS)))
            : Optional.empty();
    int dice = stop.isPresent() ? 19 : random.nextInt(20);
    Kind kind =
        dice < 11
            ? Kind.STEADY
            : dice < 14
                ? Kind.FLAKY
                : dice < 15 ? Kind.FAILING : dice < 17 ? Kind.STRAGGLING : Kind.STUBBORN;
    int steps = random.nextInt(5) == 0 ? 60 + random.nextInt(90) : 2 + random.nextInt(20);
    if (kind == Kind.STUBBORN) {
      steps += A_LONG_TIME;
    }
    int products = random.nextInt(10) < 7 ? 1 : 1 + random.nextInt(Math.min(3, productsOfANode));
    int packages = random.nextInt(5) == 0 ? 2 + random.nextInt(2) : 0;
    return new Order(
        kind,
        steps,
        new Size(products, packages),
        random.nextInt(8) == 0
            ? ProductReleasingMode.MANUALLY_RELEASE_RESERVED_PRODUCTS
            : ProductReleasingMode.AUTOMATICALLY_RELEASE_RESERVED_PRODUCTS,
        random.nextInt(3) == 0 ? random.nextInt(21) - 10 : 0,
        stop);
  }

  Test test(String id) {
    var test = new Test(id, releasing, Test.Target.FLASH);
    for (int i = 0; i < size.products(); i++) {
      var product = new Product();
      product.setRMCode(TorturedFarm.RM_CODE);
      product.setRole(Product.Role.MAIN);
      test.addRequiredProduct(product);
    }
    for (int i = 1; i <= size.packages(); i++) {
      test.addTestPackage(new TestPackage("part" + i));
    }
    test.setDistribution("perpackage");
    test.setPriority(priority);
    test.setTimeout(Long.parseLong(TIMEOUT_MILLIS));
    test.setProductDisconnectionTimeout(PRODUCT_MAY_BE_GONE_MILLIS);
    test.setExecutorApplication("sh");
    test.setExecutorScript("run.sh");
    test.addArtifact("data.bin");
    test.setResultsFilename("results.txt");
    test.addexecutorEnvparam("KIND", kind.name().toLowerCase(Locale.ROOT));
    test.addexecutorEnvparam("STEPS", Integer.toString(steps));
    return test;
  }

  @Override
  public String toString() {
    return kind.name().toLowerCase(Locale.ROOT)
        + " "
        + size.products()
        + (size.packages() > 0 ? " in " + size.packages() + " parts" : "")
        + (priority != 0 ? " priority " + priority : "")
        + (releasing == ProductReleasingMode.MANUALLY_RELEASE_RESERVED_PRODUCTS ? " manual" : "");
  }
}
