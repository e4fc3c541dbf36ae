package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.RuntimeId;
import java.time.Instant;

/**
 * That a test, or a part of one, has come: what is listed in the order of acceptance lists this,
 * the same object in all lists, for a waiting test stands in several and they may be many. Two
 * arrivals of one age are the same.
 *
 * @param age place in the order of acceptance; smaller is older, and no two tests have the same
 * @param received when the service got it
 * @param since the same in {@linkplain Books#counted counted} time
 */
record Arrival(long age, RuntimeId test, Instant received, Instant since)
    implements Comparable<Arrival> {

  static Arrival of(LiveTest.Order order) {
    return new Arrival(
        order.rank().age(), order.description().id(), order.received(), order.since());
  }

  @Override
  public int compareTo(Arrival other) {
    return Long.compare(age, other.age);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Arrival arrival && arrival.age == age;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(age);
  }

  @Override
  public String toString() {
    return test.toString();
  }
}
