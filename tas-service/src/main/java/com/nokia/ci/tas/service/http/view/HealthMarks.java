package com.nokia.ci.tas.service.http.view;

import com.nokia.ci.tas.service.farm.Health;
import com.nokia.ci.tas.service.farm.PersonsOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The health of a product or a node on a page.
 *
 * @param badges what a visitor should see at once; none when all is well
 * @param notes what a person has noted; none or one
 * @param failures that are held against it, oldest first
 */
public record HealthMarks(List<Badge> badges, List<Note> notes, List<Failure> failures) {

  /** A word, and the class that gives it a colour. */
  public record Badge(String kind, String text) {}

  /** What a person has noted. */
  public record Note(String text, String who, Moment at) {}

  /** A failure of a test. */
  public record Failure(String test, Moment at, String why) {}

  static HealthMarks of(Health health, Telling telling) {
    var badges = new ArrayList<Badge>();
    boolean isDisabled =
        health.outage().isPresent() || isOrdered(health, PersonsOrder.Kind.DISABLE);
    if (isDisabled) {
      badges.add(new Badge("disabled", "out of use"));
    }
    if (isOrdered(health, PersonsOrder.Kind.DRAIN)) {
      badges.add(new Badge("suspect", "drained"));
    }
    health.taken().map(it -> new Badge("suspect", "in hand")).ifPresent(badges::add);
    health.flapping().held().map(it -> new Badge("suspect", "unsteady")).ifPresent(badges::add);
    if (health.outage().isEmpty() && !health.strikes().isEmpty()) {
      int count = health.strikes().size();
      badges.add(new Badge("suspect", count == 1 ? "1 failure" : count + " failures"));
    }
    return new HealthMarks(
        badges,
        health.note().stream()
            .map(it -> new Note(it.order().why(), it.order().who(), telling.moment(it.since())))
            .toList(),
        health.strikes().stream()
            .map(it -> new Failure(it.test().value(), telling.moment(it.at()), it.why()))
            .toList());
  }

  private static boolean isOrdered(Health health, PersonsOrder.Kind kind) {
    return health.order().filter(it -> it.order().kind() == kind).isPresent();
  }
}
