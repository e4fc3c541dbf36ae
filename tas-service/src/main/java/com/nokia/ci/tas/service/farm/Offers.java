package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.RuntimeId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The order in which waiting tests are offered what has opened on a node: that of the queue, but no
 * test is asked before one that has a claim and stands before it by lap and age. So a stream of
 * tests of a higher priority cannot delay a test for several products for ever.
 *
 * <p>Goes through a number of groups at once and looks at the tests of each as far as needed.
 */
final class Offers {
  private final Books books;

  /** The next test of each group. */
  private final TreeMap<Rank, Wish> turns = new TreeMap<>();

  /** The next test that has a claim of each group. */
  private final TreeMap<Rank, Wish> claims = new TreeMap<>();

  private final Set<Wish> dropped = new HashSet<>();
  private final Set<Wish> unfit = new HashSet<>();
  private final Set<RuntimeId> asked = new HashSet<>();

  Offers(Books books) {
    this.books = books;
  }

  /** Some tests in the order in which they would be asked. */
  static List<LiveTest> inOrder(List<LiveTest> tests) {
    var turns = new TreeMap<Rank, LiveTest>();
    var claims = new TreeMap<Rank, LiveTest>();
    for (var test : tests) {
      turns.put(test.rank(), test);
      if (test.hasClaim()) {
        claims.put(test.rank().claim(), test);
      }
    }
    var ordered = new ArrayList<LiveTest>();
    while (!turns.isEmpty()) {
      boolean isClaimFirst =
          !claims.isEmpty() && claims.firstKey().compareTo(turns.firstKey().claim()) <= 0;
      var next = isClaimFirst ? claims.firstEntry().getValue() : turns.firstEntry().getValue();
      turns.remove(next.rank());
      claims.remove(next.rank().claim());
      ordered.add(next);
    }
    return ordered;
  }

  /** The tests of a group are to be asked, if there is such a group. */
  void add(Wish wish) {
    books
        .groups
        .get(wish)
        .ifPresent(
            group -> {
              group.tests().first().ifPresent(place -> turns.put(place.getKey(), wish));
              group.claims().first().ifPresent(claim -> claims.put(claim.getKey(), wish));
            });
  }

  /** None of these needs to be asked any more. */
  void drop(Wish wish) {
    dropped.add(wish);
  }

  /** A test cannot use what has opened, and so no test of its group that has no claim can. */
  void refused(LiveTest test) {
    if (test.hasClaim()) {
      drop(test.order().wish());
    } else {
      unfit.add(test.order().wish());
    }
  }

  /** The test to be asked now; each is asked once. */
  Optional<RuntimeId> next() {
    while (!turns.isEmpty() || !claims.isEmpty()) {
      var test = isClaimFirst() ? claim() : turn();
      if (test.filter(id -> books.tests.contains(id) && asked.add(id)).isPresent()) {
        return test;
      }
    }
    return Optional.empty();
  }

  private boolean isClaimFirst() {
    return !claims.isEmpty()
        && (turns.isEmpty() || claims.firstKey().compareTo(turns.firstKey().claim()) <= 0);
  }

  private Optional<RuntimeId> claim() {
    var first = claims.pollFirstEntry();
    var group = books.groups.get(first.getValue());
    if (group.isEmpty() || dropped.contains(first.getValue())) {
      return Optional.empty();
    }
    group
        .get()
        .claims()
        .after(first.getKey())
        .ifPresent(next -> claims.put(next.getKey(), first.getValue()));
    return group.get().claims().get(first.getKey());
  }

  private Optional<RuntimeId> turn() {
    var first = turns.pollFirstEntry();
    var wish = first.getValue();
    var group = books.groups.get(wish);
    if (group.isEmpty() || dropped.contains(wish) || unfit.contains(wish)) {
      return Optional.empty();
    }
    group.get().tests().after(first.getKey()).ifPresent(next -> turns.put(next.getKey(), wish));
    return group.get().tests().get(first.getKey()).map(Arrival::test);
  }
}
