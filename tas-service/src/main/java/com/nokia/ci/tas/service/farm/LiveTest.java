package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.Bond;
import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.DirectAccess;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.Requirement;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * A test that was accepted and has not ended, or a part of one: a sub-test. It is known by its
 * runtime id; {@link WholeTest} is what the parts of a test have in common.
 *
 * @param order what was accepted
 * @param attempts number of the last run, the present one included; counts on from what its client
 *     said
 * @param failures what became of the earlier ones
 * @param stage where it is now
 */
public record LiveTest(Order order, int attempts, Failures failures, Stage stage) {

  /**
   * What was accepted.
   *
   * @param description complete but for the direct way to the client, with status pending and the
   *     timeout that holds
   * @param requirement in the order asked; empty when a node is enough
   * @param wish the same as a group waits for it
   * @param direct how a node reaches the client directly; for the node alone
   * @param rank place in the queue
   * @param received when the service got it
   * @param away how long the service had been away by then ({@link Books#away})
   * @param issuer who issued it, where that is not its client any more; null, as in records of
   *     before: its client
   */
  public record Order(
      TestDescription description,
      ClientId client,
      Requirement requirement,
      Wish wish,
      Optional<DirectAccess> direct,
      Rank rank,
      Instant received,
      Duration away,
      Optional<ClientId> issuer) {

    public Order {
      issuer = issuer == null ? Optional.empty() : issuer;
    }

    /** Of a test whose client issued it. */
    Order(
        TestDescription description,
        ClientId client,
        Requirement requirement,
        Wish wish,
        Optional<DirectAccess> direct,
        Rank rank,
        Instant received,
        Duration away) {
      this(description, client, requirement, wish, direct, rank, received, away, Optional.empty());
    }

    /** Who issued it. */
    ClientId issuedBy() {
      return issuer.orElse(client);
    }

    /**
     * The same, and what is equal in an order of the same wish is the same object: many that wait
     * are alike in all but their names.
     */
    Order like(Order other, ClientId sharedClient) {
      var known = other.description;
      return new Order(
          description
              .with(shared(description.demand(), known.demand()))
              .with(shared(description.progress(), known.progress())),
          sharedClient,
          wish.isGroup() ? shared(requirement, other.requirement) : other.requirement,
          other.wish,
          direct,
          rank,
          received,
          away,
          issuer);
    }

    private static <T> T shared(T own, T other) {
      return own.equals(other) ? other : own;
    }

    /** The same in another place of the queue. */
    Order prioritised(int priority) {
      return new Order(
          description.with(description.demand().priority(priority)),
          client,
          requirement,
          wish,
          direct,
          new Rank(priority, rank.lap(), rank.age()),
          received,
          away,
          issuer);
    }

    /** The same of nobody, for another who issued it. */
    Order issuedBy(ClientId another) {
      return new Order(
          description,
          client,
          requirement,
          wish,
          direct,
          rank,
          received,
          away,
          Optional.of(another));
    }

    Order submittedAs(String submission) {
      var origin = description.origin().submittedAs(submission);
      return new Order(
          description.with(origin),
          client,
          requirement,
          wish,
          direct,
          rank,
          received,
          away,
          issuer);
    }

    /** The same for another client, which has none of its files. */
    Order releasedTo(ClientId newClient) {
      var origin = description.origin().bound(Bond.RELEASED);
      return new Order(
          description.with(origin),
          newClient,
          requirement,
          wish,
          Optional.empty(),
          rank,
          received,
          away,
          Optional.of(issuedBy()));
    }

    /** Whether its client is another than the one that issued it, or nobody. */
    boolean isReleased() {
      return description.origin().bond() == Bond.RELEASED;
    }

    /** When the service got it, in {@linkplain Books#counted counted} time. */
    Instant since() {
      return received.minus(away);
    }

    /** Whether at a counted time it is so old that none that came later goes first. */
    boolean isAged(Instant counted, FarmSettings.TestLimits limits) {
      return limits
          .patience(wish)
          .filter(patience -> !counted.isBefore(Deadline.after(since(), patience)))
          .isPresent();
    }

    Duration timeout() {
      return description.progress().timeout();
    }

    /** When its timeout runs out, in {@linkplain Books#counted counted} time. */
    Instant deadline() {
      return Deadline.after(since(), timeout());
    }

    /** How long it may wait for its first start, if it says. */
    Optional<Duration> waitingLimit() {
      return Optional.of(description.demand().limits().waiting()).filter(limit -> !limit.isZero());
    }
  }

  /**
   * What became of the earlier runs.
   *
   * @param count how many failed
   * @param last why the last one did
   * @param node where the last one was
   * @param products what they used, in the order of first use
   * @param attempts the last of them, and of those that were not counted; none in records of before
   */
  public record Failures(
      int count,
      Optional<Reason> last,
      Optional<NodeId> node,
      List<ProductId> products,
      List<Attempt> attempts) {

    /** Of a test that had no run yet. */
    public static final Failures NONE =
        new Failures(0, Optional.empty(), Optional.empty(), List.of(), List.of());

    public Failures {
      attempts = attempts == null ? List.of() : List.copyOf(attempts);
    }

    /** The same, and one more run failed. */
    Failures and(Reason cause, NodeId where, List<ProductId> used) {
      var all = new LinkedHashSet<>(products);
      all.addAll(used);
      return new Failures(
          count + 1, Optional.of(cause), Optional.of(where), List.copyOf(all), attempts);
    }

    /** The same, and this run is remembered. */
    Failures remembering(Attempt attempt) {
      var all = new ArrayList<>(attempts);
      all.add(attempt);
      int first = Math.max(0, all.size() - Attempt.REMEMBERED);
      return new Failures(count, last, node, products, all.subList(first, all.size()));
    }
  }

  /** Where a test is; each stage knows where it may lead. */
  public sealed interface Stage {}

  /**
   * It waits for products or a node.
   *
   * @param aged whether it has waited so long that none that came later is served before it
   * @param gathering the node where they are kept, if any are
   */
  public record Waiting(boolean aged, Optional<NodeId> gathering) implements Stage {
    private static final Waiting YOUNG = new Waiting(/* aged= */ false, Optional.empty());

    /** Of a test for which nothing is kept; those that wait are many, and most of them alike. */
    static Waiting of(boolean aged) {
      return aged ? new Waiting(aged, Optional.empty()) : YOUNG;
    }

    Waiting toAged() {
      return new Waiting(/* aged= */ true, gathering);
    }

    Waiting toGathering(Optional<NodeId> node) {
      return new Waiting(aged, node);
    }

    Running toRunning(NodeId node) {
      return new Running(node);
    }
  }

  /** It has a run on a node. */
  public record Running(NodeId node) implements Stage {
    Waiting toWaiting(boolean aged) {
      return Waiting.of(aged);
    }
  }

  /** The whole test that it is, or is a part of. */
  TestId id() {
    return order.description().id().test();
  }

  RuntimeId runtimeId() {
    return order.description().id();
  }

  Rank rank() {
    return order.rank();
  }

  /** Place in the order of acceptance; smaller is older. */
  long age() {
    return order.rank().age();
  }

  LiveTest with(Order newOrder) {
    return new LiveTest(newOrder, attempts, failures, stage);
  }

  LiveTest with(Stage newStage) {
    return new LiveTest(order, attempts, failures, newStage);
  }

  /** The same, whose next run has a higher number than one that somebody speaks of. */
  LiveTest countingFrom(int attempt) {
    int last = Math.min(attempt, Admission.MOST_ATTEMPTS);
    return last <= attempts ? this : new LiveTest(order, last, failures, stage);
  }

  /** The same in another place of the queue. */
  LiveTest prioritised(int priority) {
    return with(order.prioritised(priority));
  }

  /** The same, as its client knows it now. */
  LiveTest submittedAs(String submission) {
    return with(order.submittedAs(submission));
  }

  /** The same for another client. */
  LiveTest releasedTo(ClientId client) {
    return with(order.releasedTo(client));
  }

  /** Whether it has a claim: its age counts for more than the priority of others. */
  boolean hasClaim() {
    return stage instanceof Waiting waiting && waiting.aged();
  }

  /** Whether products are kept for it as they become free. */
  boolean isGathering() {
    return hasClaim() && order.wish().isGroup();
  }

  Optional<NodeId> gathering() {
    return stage instanceof Waiting waiting ? waiting.gathering() : Optional.empty();
  }

  /** Where its run is. */
  Optional<NodeId> node() {
    return stage instanceof Running running ? Optional.of(running.node()) : Optional.empty();
  }

  /** When something has to happen to it, in {@linkplain Books#counted counted} time. */
  Instant due(FarmSettings.TestLimits limits) {
    if (stage instanceof Waiting waiting) {
      var latestStart =
          waitsNoLongerThan()
              .map(end -> Deadline.earlier(latestStart(limits), end))
              .orElseGet(() -> latestStart(limits));
      return limits
          .patience(order.wish())
          .filter(patience -> !waiting.aged())
          .map(patience -> Deadline.after(order.since(), patience))
          .map(aged -> Deadline.earlier(latestStart, aged))
          .orElse(latestStart);
    }
    return order.deadline();
  }

  /** When too little is left of its timeout to begin a run, in counted time. */
  Instant latestStart(FarmSettings.TestLimits limits) {
    return order.deadline().minus(limits.minimalExecutionTime());
  }

  /**
   * When its own limit for the waiting for its first run is over, in counted time, if it has one.
   */
  Optional<Instant> waitsNoLongerThan() {
    return failures.count() > 0
        ? Optional.empty()
        : order.waitingLimit().map(limit -> Deadline.after(order.since(), limit));
  }
}
