package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.Endpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What the rules of a farm have to know of {@code configuration.dat} and of the service they work
 * for (guide, "Installing and launching Test Automation Service"). May change while the farm lives,
 * by {@link Event.SettingsChanged}.
 *
 * @param service the address that the service shows of itself: what products carry as {@code
 *     tas-hostname} and {@code tas-port}
 * @param tests limits of a test
 * @param silence how long peers may be silent
 * @param bounds how much the farm takes on and remembers
 * @param health when products and nodes are not given to tests any more
 * @param maintenance whether no test is forwarded to a node
 * @param fairShare whether the issuers of tests get turns alike
 */
public record FarmSettings(
    Endpoint service,
    TestLimits tests,
    Silence silence,
    Bounds bounds,
    HealthLimits health,
    boolean maintenance,
    boolean fairShare) {

  public FarmSettings {
    Objects.requireNonNull(service, "service");
    Objects.requireNonNull(tests, "tests");
    Objects.requireNonNull(silence, "silence");
    Objects.requireNonNull(bounds, "bounds");
    Objects.requireNonNull(health, "health");
  }

  /** The settings of a service whose configuration says nothing. */
  public static FarmSettings defaults(Endpoint service) {
    return new FarmSettings(
        service,
        TestLimits.DEFAULTS,
        Silence.DEFAULTS,
        Bounds.DEFAULTS,
        HealthLimits.DEFAULTS,
        /* maintenance= */ false,
        /* fairShare= */ false);
  }

  /** The same with other limits of tests. */
  public FarmSettings with(TestLimits newTests) {
    return new FarmSettings(service, newTests, silence, bounds, health, maintenance, fairShare);
  }

  /** The same with other limits of silence. */
  public FarmSettings with(Silence newSilence) {
    return new FarmSettings(service, tests, newSilence, bounds, health, maintenance, fairShare);
  }

  /** The same with other bounds. */
  public FarmSettings with(Bounds newBounds) {
    return new FarmSettings(service, tests, silence, newBounds, health, maintenance, fairShare);
  }

  /** The same with other limits of health. */
  public FarmSettings with(HealthLimits newHealth) {
    return new FarmSettings(service, tests, silence, bounds, newHealth, maintenance, fairShare);
  }

  /** The same in maintenance mode, or out of it. */
  public FarmSettings inMaintenance(boolean on) {
    return new FarmSettings(service, tests, silence, bounds, health, on, fairShare);
  }

  /** The same where the issuers of tests get turns alike, or the oldest test comes first. */
  public FarmSettings sharingFairly(boolean on) {
    return new FarmSettings(service, tests, silence, bounds, health, maintenance, on);
  }

  /**
   * Limits of a test.
   *
   * @param defaultTimeout for a test that names none ({@code test-default-timeout})
   * @param minimalExecutionTime what must be left of the timeout when a run begins ({@code
   *     test-minimal-execution-time})
   * @param resourcesExpectationTimeout how long a test waits while nothing in the farm could ever
   *     serve it ({@code test-resources-expectation-timeout})
   * @param maximalRetries how often a failed test is started again at most; 0: never ({@code
   *     maximal-number-of-retries-for-failed-test})
   * @param gatheringDelay how long a test for several products waits before fitting products are
   *     kept for it as they become free
   * @param disconnectionTimeout how long a reserved product may be gone, for a test that does not
   *     say
   * @param overtakingLimit how long a test for one product, or none, may be passed by tests of a
   *     higher priority; zero: for ever ({@code overtaking-limit})
   */
  public record TestLimits(
      Duration defaultTimeout,
      Duration minimalExecutionTime,
      Duration resourcesExpectationTimeout,
      int maximalRetries,
      Duration gatheringDelay,
      Duration disconnectionTimeout,
      Duration overtakingLimit) {

    /** The defaults of the guide. */
    public static final TestLimits DEFAULTS =
        new TestLimits(
            Duration.ofHours(6),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            3,
            Duration.ofSeconds(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30));

    public TestLimits {
      notNegative("test-default-timeout", defaultTimeout);
      notNegative("test-minimal-execution-time", minimalExecutionTime);
      notNegative("test-resources-expectation-timeout", resourcesExpectationTimeout);
      notNegative("gathering delay", gatheringDelay);
      notNegative("product disconnection timeout", disconnectionTimeout);
      notNegative("maximal-number-of-retries-for-failed-test", maximalRetries);
      notNegative("overtaking-limit", overtakingLimit);
    }

    /** After what time of waiting none that came later is served before a test; empty: never. */
    Optional<Duration> patience(Wish wish) {
      if (wish.isGroup()) {
        return Optional.of(gatheringDelay);
      }
      return overtakingLimit.isZero() ? Optional.empty() : Optional.of(overtakingLimit);
    }
  }

  /**
   * How long peers may be silent.
   *
   * @param nodeCheckPeriod a node that was silent for so long is probed
   * @param nodeLimit a node that was silent for so long is lost
   * @param lease a run on a lost node, or one that was told to end and never confirmed, is taken
   *     for ended after so long a silence
   * @param clientCheckPeriod a client that was silent for so long is looked for ({@code
   *     remote-client-checking-period})
   */
  public record Silence(
      Duration nodeCheckPeriod, Duration nodeLimit, Duration lease, Duration clientCheckPeriod) {

    /** The defaults of the guide and of the design. */
    public static final Silence DEFAULTS =
        new Silence(
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(60),
            Duration.ofMinutes(10));

    public Silence {
      positive("node check period", nodeCheckPeriod);
      positive("node silence limit", nodeLimit);
      positive("lease", lease);
      positive("remote-client-checking-period", clientCheckPeriod);
    }
  }

  /**
   * How much the farm takes on and remembers.
   *
   * @param testsPerNode how many tests run on one node at once ({@code
   *     maximal-number-of-tests-per-node})
   * @param tests how many tests wait and run in the whole farm; more are refused
   * @param endedTests how many ended tests the snapshot shows
   * @param absence how long a node or a product that is gone is remembered
   */
  public record Bounds(int testsPerNode, int tests, int endedTests, Duration absence) {

    /** The defaults of the guide and of the design. */
    public static final Bounds DEFAULTS = new Bounds(4, 200_000, 1_000, Duration.ofHours(24));

    public Bounds {
      notNegative("maximal-number-of-tests-per-node", testsPerNode);
      notNegative("maximal number of tests", tests);
      notNegative("number of ended tests shown", endedTests);
      positive("absence remembered", absence);
    }
  }

  /**
   * When products and nodes are not given to tests any more.
   *
   * @param failures of how many different tests in a row make something suspect; one more puts it
   *     out of use; 0: nothing is ever put out of use for failures
   * @param coolDown how long something is out of use the first time; doubles each time; zero: until
   *     a person enables it
   * @param flaps how often something may come and go of late before it has to be steady first; 0:
   *     as often as it likes
   * @param flapWindow after which a coming and going counts half
   * @param steadyTime how long something has to be steady that came and went so often; doubles each
   *     further time
   */
  public record HealthLimits(
      int failures, Duration coolDown, int flaps, Duration flapWindow, Duration steadyTime) {
    /** The defaults of the design. */
    public static final HealthLimits DEFAULTS =
        new HealthLimits(
            3, Duration.ofMinutes(10), 5, Duration.ofMinutes(10), Duration.ofSeconds(30));

    private static final Duration LONGEST_COOL_DOWN = Duration.ofHours(24);

    public HealthLimits {
      notNegative("failures-in-a-row-limit", failures);
      notNegative("failures-cool-down", coolDown);
      notNegative("flapping-limit", flaps);
      positive("flapping-window", flapWindow);
      notNegative("flapping-steady-time", steadyTime);
    }

    /** Whether failures count at all. */
    boolean isJudging() {
      return failures > 0;
    }

    /** Whether coming and going counts at all. */
    boolean isDamping() {
      return flaps > 0;
    }

    /** When something is tried again that is put out of use now. */
    Optional<Instant> triedAgain(Instant now, int earlier) {
      return coolDown.isZero()
          ? Optional.empty()
          : Optional.of(Deadline.after(now, grown(coolDown, earlier, LONGEST_COOL_DOWN)));
    }

    /** A time that doubled some times, up to a longest. */
    static Duration grown(Duration first, int times, Duration longest) {
      var grown = first;
      for (int i = 0; i < times && grown.compareTo(longest) < 0; i++) {
        grown = grown.multipliedBy(2);
      }
      return grown.compareTo(longest) > 0 && first.compareTo(longest) < 0 ? longest : grown;
    }
  }

  private static void notNegative(String what, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(what + " is " + value + ", must not be negative");
    }
  }

  private static void notNegative(String what, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(
          what + " is " + value.toMillis() + " ms, must not be negative");
    }
  }

  private static void positive(String what, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(
          what + " is " + value.toMillis() + " ms, must be more than 0");
    }
  }
}
