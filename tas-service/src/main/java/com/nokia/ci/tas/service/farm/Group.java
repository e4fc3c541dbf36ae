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
 * @param model what was accepted of the test that opened the group: those that follow have in
 *     common with it what is equal, for there may be many
 * @param shown the wish in words, which each test that arrives is logged with
 * @param tests in the order of the queue, never empty
 * @param arrivals the same by age
 * @param claims those that none that came later is served before, by claim
 * @param witness a node whose products, free or busy, would do; absent: there is none
 * @param hopeless since when there is no such node, if there is none, in {@linkplain Books#counted
 *     counted} time
 */
record Group(
    LiveTest.Order model,
    String shown,
    Table<Rank, Arrival> tests,
    Table<Arrival, Arrival> arrivals,
    Table<Rank, RuntimeId> claims,
    Optional<NodeId> witness,
    Optional<Instant> hopeless) {

  Group(LiveTest.Order model) {
    this(
        model,
        model.wish().toString(),
        Table.empty(),
        Table.empty(),
        Table.empty(),
        Optional.empty(),
        Optional.empty());
  }

  Wish wish() {
    return model.wish();
  }

  Group with(LiveTest test, Arrival arrival) {
    var rank = test.rank();
    return new Group(
        model,
        shown,
        tests.with(rank, arrival),
        arrivals.with(arrival, arrival),
        test.hasClaim() ? claims.with(rank.claim(), test.runtimeId()) : unclaimed(rank),
        witness,
        hopeless);
  }

  private Table<Rank, RuntimeId> unclaimed(Rank rank) {
    return claims.isEmpty() ? claims : claims.without(rank.claim());
  }

  Group without(LiveTest test, Arrival arrival) {
    var rank = test.rank();
    return new Group(
        model,
        shown,
        tests.without(rank),
        arrivals.without(arrival),
        unclaimed(rank),
        witness,
        hopeless);
  }

  Group with(Optional<NodeId> newWitness, Optional<Instant> newHopeless) {
    return new Group(model, shown, tests, arrivals, claims, newWitness, newHopeless);
  }

  /** The test that came first. */
  Optional<Arrival> oldest() {
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
                .map(first -> Deadline.after(Deadline.later(from, first.since()), expectation)));
  }
}
