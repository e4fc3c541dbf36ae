package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.service.farm.FarmSettings.HealthLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a product or a node is fit for tests: what failed on it, whether it comes and goes, and
 * what persons have said of it. Immutable, part of the farm's image.
 *
 * <p>Failures in a row of as many different tests as the limit says make it suspect; one more
 * confirms that, and it is out of use until its cool-down is over. Then it is suspect again: a
 * success clears it, a failure of yet another test puts it out of use for twice as long.
 *
 * @param strikes failures that are held against it, oldest first, at most one of each test
 * @param outages how often in a row the farm has put it out of use
 * @param outage that the farm has put it out of use
 * @param flapping whether it comes and goes
 * @param order a person's disabling or drain that is in force
 * @param note a person's note
 * @param taken that a person has it in hand; of products alone
 */
public record Health(
    List<Strike> strikes,
    int outages,
    Optional<Outage> outage,
    Flapping flapping,
    Optional<Ordered> order,
    Optional<Ordered> note,
    Optional<Taken> taken) {

  /** Nothing is known against it. */
  public static final Health GOOD =
      new Health(
          List.of(),
          0,
          Optional.empty(),
          Flapping.NONE,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public Health {
    strikes = List.copyOf(strikes);
    Objects.requireNonNull(outage, "outage");
    Objects.requireNonNull(flapping, "flapping");
    Objects.requireNonNull(order, "order");
    Objects.requireNonNull(note, "note");
    Objects.requireNonNull(taken, "taken");
  }

  /**
   * A failure that is held against a product or a node.
   *
   * @param test whose run failed
   * @param products of that run
   * @param at when it failed
   * @param why a sentence
   */
  public record Strike(TestId test, List<ProductId> products, Instant at, String why) {
    public Strike {
      Objects.requireNonNull(test, "test");
      products = List.copyOf(products);
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(why, "why");
    }
  }

  /**
   * That the farm has put something out of use.
   *
   * @param since when it did
   * @param until when it is tried again; never, unless a person enables it, when empty
   */
  public record Outage(Instant since, Optional<Instant> until) {
    public Outage {
      Objects.requireNonNull(since, "since");
      Objects.requireNonNull(until, "until");
    }
  }

  /**
   * What a person ordered.
   *
   * @param order as it was said
   * @param since when
   */
  public record Ordered(PersonsOrder order, Instant since) {
    public Ordered {
      Objects.requireNonNull(order, "order");
      Objects.requireNonNull(since, "since");
    }
  }

  /**
   * That a person has a product in hand.
   *
   * @param who name of the person
   * @param why in the person's words
   * @param since when the person took it
   * @param until when it is given to tests again, unless the person gives it back before
   */
  public record Taken(String who, String why, Instant since, Instant until) {
    public Taken {
      Objects.requireNonNull(who, "who");
      Objects.requireNonNull(why, "why");
      Objects.requireNonNull(since, "since");
      Objects.requireNonNull(until, "until");
    }
  }

  /** What follows from all this, the worst first. */
  public enum State {
    /** A person or the farm has put it out of use. */
    DISABLED,
    /** A person has it given to no new test. */
    DRAINED,
    /** A person has it in hand. */
    TAKEN,
    /** It came and went, and has to be steady for a while first. */
    UNSTEADY,
    /** One more failure puts it out of use; one success clears it. */
    SUSPECT,
    /** Nothing stands against it. */
    GOOD
  }

  /** What follows from all this. */
  public State state(HealthLimits limits) {
    if (isOut()) {
      return State.DISABLED;
    }
    if (order.isPresent()) {
      return State.DRAINED;
    }
    if (taken.isPresent()) {
      return State.TAKEN;
    }
    if (flapping.held().isPresent()) {
      return State.UNSTEADY;
    }
    return isSuspect(limits) ? State.SUSPECT : State.GOOD;
  }

  /** Since when it is given to no test, if so; the first of several reasons counts. */
  public Optional<Instant> since() {
    return Stream.of(
            order.map(Ordered::since),
            outage.map(Outage::since),
            taken.map(Taken::since),
            flapping.held().map(Flapping.Hold::since))
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  /** Why it is given to no test, if so: a sentence. */
  public Optional<String> why() {
    return HealthWords.why(this);
  }

  /** Whether no test may hope for it: a person or the farm has put it out of use. */
  boolean isOut() {
    return outage.isPresent() || isOrdered(PersonsOrder.Kind.DISABLE);
  }

  /** Whether no test gets it for now, though tests may wait for it. */
  boolean isHeldBack() {
    return isOrdered(PersonsOrder.Kind.DRAIN) || taken.isPresent() || flapping.held().isPresent();
  }

  /** Whether a test may get it. */
  boolean isReady() {
    return !isOut() && !isHeldBack();
  }

  /** Whether as much failed on it as makes it suspect. */
  boolean isSuspect(HealthLimits limits) {
    return limits.isJudging() && strikes.size() >= limits.failures();
  }

  boolean hasStrikeOf(TestId test) {
    return strikes.stream().anyMatch(strike -> strike.test().equals(test));
  }

  /** When something of it ends by itself. */
  Optional<Instant> due() {
    var due = order.flatMap(it -> it.order().until());
    due = earlier(due, outage.flatMap(Outage::until));
    due = earlier(due, taken.map(Taken::until));
    return earlier(due, flapping.held().map(Flapping.Hold::until));
  }

  private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
    boolean isOne = other.isEmpty() || one.filter(at -> !at.isAfter(other.get())).isPresent();
    return isOne ? one : other;
  }

  /** The same without what is over by now. */
  Health at(Instant now, HealthLimits limits) {
    var lasting = order.filter(it -> it.order().until().filter(end -> !end.isAfter(now)).isEmpty());
    boolean isTriedAgain =
        outage.flatMap(Outage::until).filter(end -> !end.isAfter(now)).isPresent();
    int kept = isTriedAgain ? Math.min(limits.failures(), strikes.size()) : strikes.size();
    return new Health(
        strikes.subList(strikes.size() - kept, strikes.size()),
        outages,
        isTriedAgain ? Optional.empty() : outage,
        flapping.at(now),
        lasting,
        note,
        taken.filter(it -> it.until().isAfter(now)));
  }

  // ---- what runs tell

  /** The same with one failure more; a second one of a test adds nothing. */
  Health struck(Strike strike, HealthLimits limits) {
    if (hasStrikeOf(strike.test())) {
      return this;
    }
    var more = new ArrayList<>(strikes);
    more.add(strike);
    boolean isConfirmed = outage.isEmpty() && more.size() > limits.failures();
    return new Health(
        more,
        isConfirmed ? outages + 1 : outages,
        isConfirmed
            ? Optional.of(new Outage(strike.at(), limits.triedAgain(strike.at(), outages)))
            : outage,
        flapping,
        order,
        note,
        taken);
  }

  /** The same, and a failure was the test's fault after all. */
  Health forgiven(TestId test, HealthLimits limits) {
    if (!hasStrikeOf(test)) {
      return this;
    }
    var fewer = strikes.stream().filter(strike -> !strike.test().equals(test)).toList();
    boolean isAcquitted = outage.isPresent() && fewer.size() <= limits.failures();
    return new Health(
        fewer,
        isAcquitted ? outages - 1 : outages,
        isAcquitted ? Optional.empty() : outage,
        flapping,
        order,
        note,
        taken);
  }

  /** The same after a success; what is out of use has to wait for its way back all the same. */
  Health succeeded() {
    return outage.isPresent() || (strikes.isEmpty() && outages == 0)
        ? this
        : new Health(List.of(), 0, outage, flapping, order, note, taken);
  }

  // ---- how it comes and goes

  Health with(Flapping newFlapping) {
    return new Health(strikes, outages, outage, newFlapping, order, note, taken);
  }

  // ---- what persons say

  /** The same after a person's order. */
  Health ordered(PersonsOrder said, Instant now) {
    var ordered = Optional.of(new Ordered(said, now));
    return switch (said.kind()) {
      case DISABLE, DRAIN -> new Health(strikes, outages, outage, flapping, ordered, note, taken);
      case ENABLE ->
          new Health(List.of(), 0, Optional.empty(), Flapping.NONE, Optional.empty(), note, taken);
      case NOTE ->
          new Health(
              strikes,
              outages,
              outage,
              flapping,
              order,
              said.why().isBlank() ? Optional.empty() : ordered,
              taken);
      case TAKE, EXTEND, GIVE_BACK -> this; // a matter of one person
    };
  }

  /** The same in the hands of a person, or of nobody. */
  Health taken(Optional<Taken> byWhom) {
    return new Health(strikes, outages, outage, flapping, order, note, byWhom);
  }

  /** Whether a person has said something of it. */
  boolean isSpokenOf() {
    return order.isPresent() || note.isPresent();
  }

  private boolean isOrdered(PersonsOrder.Kind kind) {
    return order.isPresent() && order.get().order().kind() == kind;
  }
}
