package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.TestId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The tests that wait for the same: what one of them could use, any of them could.
 *
 * @param tests by age, never empty
 * @param witness a node whose products, free or busy, would do; absent: there is none
 * @param hopeless since when there is no such node, if there is none
 */
record Group(
    Wish wish, Table<Long, Place> tests, Optional<NodeId> witness, Optional<Instant> hopeless) {

  /** One test in a group. */
  record Place(TestId test, Instant received) {}

  Group with(long age, Place place) {
    return new Group(wish, tests.with(age, place), witness, hopeless);
  }

  Group without(long age) {
    return new Group(wish, tests.without(age), witness, hopeless);
  }

  Group hoping(NodeId node) {
    return new Group(wish, tests, Optional.of(node), Optional.empty());
  }

  Group hopeless(Instant at) {
    return new Group(
        wish, tests, Optional.empty(), hopeless.isPresent() ? hopeless : Optional.of(at));
  }

  /** When its oldest test has waited without hope for too long. */
  Optional<Instant> due(Duration expectation) {
    return hopeless.flatMap(
        since ->
            tests
                .first()
                .map(
                    first ->
                        Deadline.after(
                            Deadline.later(since, first.getValue().received()), expectation)));
  }
}
