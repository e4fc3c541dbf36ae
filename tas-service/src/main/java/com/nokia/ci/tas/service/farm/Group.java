package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.RuntimeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The tests that wait for the same: what one of them could use, any of them could.
 *
 * @param shown the wish in words, which each test that arrives is logged with
 * @param tests in the order of the queue, never empty
 * @param arrivals the same by age
 * @param claims those that none that came later is served before, by claim
 * @param witness a node whose products, free or busy, would do; absent: there is none
 * @param hopeless since when there is no such node, if there is none, in {@linkplain Books#counted
 *     counted} time
 */
record Group(
    Wish wish,
    String shown,
    Table<Rank, Place> tests,
    Table<Long, Place> arrivals,
    Table<Rank, RuntimeId> claims,
    Optional<NodeId> witness,
    Optional<Instant> hopeless) {

  Group(Wish wish) {
    this(
        wish,
        wish.toString(),
        Table.empty(),
        Table.empty(),
        Table.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * One test in a group.
   *
   * @param since the same as received, in {@linkplain Books#counted counted} time
   */
  record Place(RuntimeId test, Instant received, Instant since) {}

  Group with(LiveTest test) {
    var rank = test.rank();
    var place = new Place(test.runtimeId(), test.order().received(), test.order().since());
    return new Group(
        wish,
        shown,
        tests.with(rank, place),
        arrivals.with(rank.age(), place),
        test.hasClaim() ? claims.with(rank.claim(), test.runtimeId()) : unclaimed(rank),
        witness,
        hopeless);
  }

  private Table<Rank, RuntimeId> unclaimed(Rank rank) {
    return claims.isEmpty() ? claims : claims.without(rank.claim());
  }

  Group without(LiveTest test) {
    var rank = test.rank();
    return new Group(
        wish,
        shown,
        tests.without(rank),
        arrivals.without(rank.age()),
        unclaimed(rank),
        witness,
        hopeless);
  }

  Group with(Optional<NodeId> newWitness, Optional<Instant> newHopeless) {
    return new Group(wish, shown, tests, arrivals, claims, newWitness, newHopeless);
  }

  /** The test that came first. */
  Optional<Place> oldest() {
    return arrivals.first().map(Map.Entry::getValue);
  }

  Group hoping(NodeId node) {
    return with(Optional.of(node), Optional.empty());
  }

  Group hopeless(Instant at) {
    return with(Optional.empty(), hopeless.isPresent() ? hopeless : Optional.of(at));
  }

  /** When its oldest test has waited without hope for too long, in counted time. */
  Optional<Instant> due(Duration expectation) {
    return hopeless.flatMap(
        from ->
            oldest()
                .map(place -> Deadline.after(Deadline.later(from, place.since()), expectation)));
  }
}
