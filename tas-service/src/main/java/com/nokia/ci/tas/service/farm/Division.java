package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.Requirement;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.service.farm.Effect.DivideTest.Portion;
import com.nokia.ci.tas.service.farm.distribution.Parcel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * How the packages of one test are divided: what a distribution is shown, and what is made of its
 * answer. Packages that need different products never come into the same sub-test, whatever it
 * answers.
 */
final class Division {
  private final Books books;
  private final LiveTest.Order order;
  private final List<Requirement> requirements;

  Division(Books books, WholeTest whole) {
    this.books = books;
    order = whole.order();
    requirements = whole.requirements();
  }

  /** The packages, those together that need the same products. */
  private List<Portion> portions() {
    var packages = order.description().execution().packages();
    var byWish = new LinkedHashMap<Wish, List<Parcel>>();
    for (int i = 0; i < packages.size(); i++) {
      var one = packages.get(i);
      byWish
          .computeIfAbsent(wish(i), wish -> new ArrayList<>())
          .add(
              new Parcel(
                  i, one.id(), one.files(), books.packageTimes.of(order.description(), one)));
    }
    var portions = new ArrayList<Portion>();
    for (Map.Entry<Wish, List<Parcel>> entry : byWish.entrySet()) {
      var parcels = entry.getValue();
      portions.add(new Portion(parcels, Supplies.of(books, entry.getKey(), parcels.size())));
    }
    return portions;
  }

  /** The question how the test is to be divided. */
  Effect.DivideTest question() {
    return new Effect.DivideTest(
        order.description().id().test(),
        order.rank().age(),
        order.description().demand().distribution(),
        portions());
  }

  /** What is wrong with an answer, if anything. */
  Optional<Reason> complaint(List<List<Integer>> parts) {
    int packages = order.description().execution().packages().size();
    var seen = new TreeSet<Integer>();
    for (var part : parts) {
      if (part.isEmpty()) {
        return bad("made a sub-test without packages");
      }
      for (int number : part) {
        if (number < 0 || number >= packages) {
          return bad("gave out a package that the test does not have");
        }
        if (!seen.add(number)) {
          return bad("gave out " + named(number) + " twice");
        }
        if (!wish(number).equals(wish(part.get(0)))) {
          return bad(
              "put "
                  + named(part.get(0))
                  + " and "
                  + named(number)
                  + " together, which need different products");
        }
      }
    }
    for (int number = 0; number < packages; number++) {
      if (!seen.contains(number)) {
        return bad("left out " + named(number));
      }
    }
    return taken(parts.size());
  }

  /** Whether the name of a sub-test is in use, or cannot be one. */
  private Optional<Reason> taken(int parts) {
    if (parts == 1) {
      return Optional.empty();
    }
    var id = order.description().id().test();
    for (int number = 1; number <= parts; number++) {
      var name = RuntimeId.part(id, number);
      var complaint = SafeName.complaint("name of a sub-test", name.text());
      if (complaint.isPresent()) {
        return complaint.map(it -> new Reason(Fault.REQUESTER, "bad-test-id", it));
      }
      if (books.tests.contains(name)) {
        return Optional.of(
            new Reason(
                Fault.REQUESTER,
                "test-id-in-use",
                "sub-test "
                    + Words.quoted(name.text())
                    + " would have the name of a test that has not ended; choose another id"));
      }
    }
    return Optional.empty();
  }

  /**
   * The parts as they are ordered: sub-tests with the packages and the products of their own, or
   * the test itself when there is only one.
   */
  List<LiveTest.Order> orders(List<List<Integer>> parts) {
    var orders = new ArrayList<LiveTest.Order>();
    long turns = books.settings.fairShare() ? 1 : 0; // that each part takes
    for (int i = 0; i < parts.size(); i++) {
      var name =
          parts.size() == 1
              ? order.description().id()
              : RuntimeId.part(order.description().id().test(), i + 1);
      int first = parts.get(i).get(0);
      orders.add(
          new LiveTest.Order(
              description(name, parts.get(i)),
              order.client(),
              requirements.get(first),
              wish(first),
              order.direct(),
              new Rank(
                  order.rank().priority(), order.rank().lap() + i * turns, order.rank().age() + i),
              order.received(),
              order.away()));
    }
    return orders;
  }

  private TestDescription description(RuntimeId name, List<Integer> numbers) {
    var whole = order.description();
    var packages = numbers.stream().map(whole.execution().packages()::get).toList();
    var demand = whole.demand();
    boolean isOwn = !packages.get(0).expression().isEmpty();
    return whole
        .with(name)
        .with(whole.execution().with(whole.execution().artifacts(), packages))
        .with(isOwn ? demand.asking(packages.get(0).expression()) : demand);
  }

  private Wish wish(int number) {
    return Wish.products(requirements.get(number));
  }

  private String named(int number) {
    return "package " + Words.quoted(order.description().execution().packages().get(number).id());
  }

  private Optional<Reason> bad(String what) {
    return Optional.of(
        new Reason(
            Fault.FARM,
            "bad-distribution",
            "the distribution "
                + Words.quoted(order.description().demand().distribution())
                + " of this service "
                + what
                + "; choose another one, and tell who maintains it"));
  }
}
