package com.nokia.ci.tas.samples.torture;

import com.nokia.ci.tas.commons.Product;
import com.nokia.ci.tas.commons.Test;
import com.nokia.ci.tas.commons.Test.ProductReleasingMode;
import java.util.Locale;
import java.util.Random;

/**
 * A test that a client is to submit.
 *
 * @param kind what its executor does
 * @param steps of a tenth of a second
 * @param products that it needs, all on one node
 * @param releasing who gives the products back
 */
record Order(Kind kind, int steps, int products, ProductReleasingMode releasing) {
  static final String TIMEOUT_MILLIS = "90000";

  /** In steps: longer than a program is down. */
  private static final int A_LONG_TIME = 60;

  private static final long PRODUCT_MAY_BE_GONE_MILLIS = 20_000;

  /** What an executor does in the end. */
  enum Kind {
    /** Does its work. */
    STEADY,
    /** Fails the first time, and does its work when it is started again. */
    FLAKY,
    /** Fails each time. */
    FAILING,
    /** Does its work and leaves a program behind. */
    STRAGGLING,
    /** Does its work, also when it is asked to end. */
    STUBBORN
  }

  static Order draw(Random random, int productsOfANode) {
    int dice = random.nextInt(20);
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
    return new Order(
        kind,
        steps,
        products,
        random.nextInt(8) == 0
            ? ProductReleasingMode.MANUALLY_RELEASE_RESERVED_PRODUCTS
            : ProductReleasingMode.AUTOMATICALLY_RELEASE_RESERVED_PRODUCTS);
  }

  Test test(String id) {
    var test = new Test(id, releasing, Test.Target.FLASH);
    for (int i = 0; i < products; i++) {
      var product = new Product();
      product.setRMCode(TorturedFarm.RM_CODE);
      product.setRole(Product.Role.MAIN);
      test.addRequiredProduct(product);
    }
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
        + products
        + (releasing == ProductReleasingMode.MANUALLY_RELEASE_RESERVED_PRODUCTS ? " manual" : "");
  }
}
