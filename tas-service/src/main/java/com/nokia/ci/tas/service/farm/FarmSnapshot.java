package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The farm as it stood after some event: what pages and interfaces show. Immutable, may be read by
 * any number of threads; lists are put together when asked for, by whoever asks. But for the image,
 * nothing here contains a PIN, a PUK or a security code.
 */
public interface FarmSnapshot {

  /** All that the farm has to remember, secrets included: what a checkpoint keeps. */
  FarmImage image();

  /** How many events the farm had taken; grows, so that a reader can tell old from new. */
  long version();

  /** The time of the last of those events. */
  Instant at();

  FarmSettings settings();

  /** Every node that is there or is still remembered, by address. */
  List<NodeView> nodes();

  Optional<NodeView> node(NodeId id);

  /** Every product that is there or is still remembered, by node, then by IMEI. */
  List<ProductView> products();

  Optional<ProductView> product(ProductId id);

  /** The products of one node, by IMEI. */
  List<ProductView> products(NodeId node);

  /** How many products there are by status, as the views show it; costs little. */
  Census census();

  /**
   * Products in numbers.
   *
   * @param free to be given to a test
   * @param busy with a test
   * @param disabled for whatever reason
   * @param gone unplugged, or on a node that is lost
   */
  record Census(int free, int busy, int disabled, int gone) {
    /** All of them. */
    public int all() {
      return free + busy + disabled + gone;
    }
  }

  /** Whether a client has tests that have not ended. */
  boolean hasClient(ClientId id);

  /** How many tests wait. */
  int waitingCount();

  /** How many tests wait, by what for; takes as long as there are different demands. */
  Map<WaitsFor, Integer> waitingFor();

  /** What tests wait for. */
  enum WaitsFor {
    /** The end of the maintenance mode. */
    MAINTENANCE,
    /** Products or nodes that are there and are in use, drained or unsteady. */
    USE,
    /** Products or nodes that the farm does not have. */
    NOTHING_SUITS
  }

  /** When the test that waits for the longest time was received. */
  Optional<Instant> oldestWaiting();

  /** When a waiting test is expected to start, as far as that can be told. */
  Optional<Estimate> estimate(TestId id);

  /**
   * A part of the queue, in its order.
   *
   * @param from how many to leave out
   * @param limit how many to return at most
   */
  List<WaitingTest> waiting(int from, int limit);

  /**
   * Looks for tests in the whole queue, in its order; those that are found tell no estimate.
   *
   * @param wanted is shown each test as it was asked for, without secrets and without its state
   * @param limit how many to return at most
   */
  Found<WaitingTest> waiting(Predicate<TestDescription> wanted, int limit);

  /** How many tests have products or a node now. */
  int runningCount();

  /** The oldest of the tests that have products or a node now. */
  List<RunningTest> running(int limit);

  /** Looks for tests among those that have products or a node; see {@link #waiting}. */
  Found<RunningTest> running(Predicate<TestDescription> wanted, int limit);

  /**
   * What was found.
   *
   * @param first of those wanted
   * @param all how many are wanted
   */
  record Found<T>(List<T> first, int all) {
    public Found {
      first = List.copyOf(first);
    }
  }

  /** When a run is likely to end by how long its sort takes, if it is known. */
  Optional<Instant> expectedEnd(RuntimeId run);

  /** Every test that has products or a node now, oldest first. */
  List<RunningTest> running();

  /** The tests that ended last, newest first. */
  List<EndedTest> ended();

  /** A test that waits; of one that is split, the first of its sub-tests that does. */
  Optional<WaitingTest> waiting(TestId id);

  /**
   * Why a test waits, if it waits: of a divided one for each thing that its sub-tests wait for, up
   * to {@value Explanation#MOST}, in the order of the queue. Looks over the whole farm: for whoever
   * asks, not for every test of a list.
   */
  List<Explanation> why(TestId id);

  /** A test that has its products; of one that is split, the first of its sub-tests that has. */
  Optional<RunningTest> running(TestId id);

  Optional<EndedTest> ended(TestId id);

  /**
   * The runs of a test, or of all its sub-tests, as far as they are remembered; the present ones
   * are the last. Empty when it is not known, or has had none.
   */
  List<Attempt> attempts(TestId id);

  /** The sub-tests of a test, in their order; empty when it is not split. */
  List<SubTest> subTests(TestId id);

  /**
   * A node.
   *
   * @param condition whether tests can be sent to it
   * @param remark why they cannot or must not, empty when they can
   * @param since when it was first heard of in this life of it
   * @param lastSeen when it last gave a sign of life
   * @param runs the tests on it, ending ones included
   * @param maximalRuns how many it may have at once
   * @param standing whether it is fit for tests, and what persons have said of it
   */
  record NodeView(
      NodeDescription node,
      Condition condition,
      String remark,
      Instant since,
      Instant lastSeen,
      List<RuntimeId> runs,
      int maximalRuns,
      Health standing) {

    /** Whether tests can be sent to a node. */
    public enum Condition {
      /** It was heard of and has not answered yet. */
      ARRIVING,
      CONNECTED,
      /** It was connected when the service ended, and has not been heard of since. */
      AWAITED,
      /** It was silent for too long. */
      LOST
    }
  }

  /**
   * A product.
   *
   * @param product with status, details, reservation and disconnection as the service sees them
   * @param node where it is or was
   * @param disconnectedAt since when it is gone, if it is
   * @param holder whose it is, if anybody's
   * @param keptFor the test for several products that it is kept for while others are awaited
   * @param health whether it is fit for tests, and what persons have said of it
   */
  record ProductView(
      ProductDescription product,
      NodeId node,
      Optional<Instant> disconnectedAt,
      Optional<Holder> holder,
      Optional<RuntimeId> keptFor,
      Health health) {

    /**
     * Why a person's order to take it, to keep it for longer or to give it back would change
     * nothing: a sentence that may stand behind "product …: ". Nothing when it would be followed as
     * things stand; a test may get the product before the order does.
     *
     * @param order of one of the kinds TAKE, EXTEND and GIVE_BACK
     */
    public Optional<String> complaint(PersonsOrder order, Instant now) {
      return Hands.complaint(holder.map(Holder::test), health.taken(), order, now);
    }
  }

  /**
   * Whose a product is.
   *
   * @param test the run that has it
   * @param attempt number of that run
   * @param hold what for
   * @param since when it was reserved
   * @param until when the reservation ends at the latest
   */
  record Holder(RuntimeId test, int attempt, Hold hold, Instant since, Instant until) {

    /** What a product is held for. */
    public enum Hold {
      /** A run uses it. */
      RUN,
      /** A run that was told to end, and has not confirmed, may still use it. */
      ENDING,
      /** The test finished; its issuer has to give the product back. */
      KEPT
    }
  }

  /**
   * A test that waits for products or a node.
   *
   * @param test without secrets
   * @param client who issued it
   * @param place in the queue, from 1
   * @param received when the service got it
   * @param deadline when its timeout runs out
   * @param failures how many runs of it failed so far
   * @param reason one sentence: what it waits for
   * @param estimate when it is expected to start, as far as that can be told
   */
  record WaitingTest(
      TestDescription test,
      ClientId client,
      int place,
      Instant received,
      Instant deadline,
      int failures,
      String reason,
      Optional<Estimate> estimate) {}

  /**
   * A part of a test that is split.
   *
   * @param id with its sub-id
   * @param packages names of the packages that it runs
   * @param state {@code waiting}, {@code preparing}, {@code running}, or its verdict
   * @param attempts how many runs it had, the present one included
   * @param node where it is, or was last
   * @param products what it has or had there
   * @param reason what it waits for, in the queue or on its node; empty when nothing is known
   */
  record SubTest(
      RuntimeId id,
      List<String> packages,
      String state,
      int attempts,
      Optional<NodeId> node,
      List<ProductId> products,
      String reason) {

    /** What history keeps of it. */
    public static SubTest of(EndedTest.Part part) {
      return new SubTest(
          part.id(),
          part.packages(),
          part.verdict().name().toLowerCase(Locale.ROOT),
          part.attempts(),
          part.node(),
          part.products(),
          "");
    }
  }

  /**
   * A test that has its products.
   *
   * @param test without secrets; its progress tells start time, reserved products, and the route
   *     from the node to the client where the node has said it
   * @param client who issued it
   * @param node where it runs
   * @param attempt number of the run, from 1
   * @param received when the service got it
   * @param reserved when it got its products
   * @param started when its executor started, if it has
   * @param deadline when its timeout runs out
   */
  record RunningTest(
      TestDescription test,
      ClientId client,
      NodeId node,
      int attempt,
      Instant received,
      Instant reserved,
      Optional<Instant> started,
      Instant deadline) {}
}
