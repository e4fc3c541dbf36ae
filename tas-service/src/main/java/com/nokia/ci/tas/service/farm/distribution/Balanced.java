package com.nokia.ci.tas.service.farm.distribution;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * {@code balanced}: as many sub-tests as there are matching sets of products, which take about as
 * long as each other. The longest package goes first to whichever sub-test has least to do. One of
 * which nothing is known counts as much as the others do on average.
 */
final class Balanced implements Distribution {
  @Override
  public String name() {
    return "balanced";
  }

  @Override
  public List<List<Parcel>> divide(List<Parcel> parcels, Supply supply) {
    int parts = Math.max(1, Math.min(supply.sets(), parcels.size()));
    long usual = average(parcels);
    var loads = new long[parts];
    var divided = new ArrayList<List<Parcel>>();
    for (int i = 0; i < parts; i++) {
      divided.add(new ArrayList<>());
    }
    parcels.stream()
        .sorted(Comparator.comparingLong((Parcel parcel) -> time(parcel, usual)).reversed())
        .forEachOrdered(
            parcel -> {
              int part = least(loads);
              loads[part] += time(parcel, usual);
              divided.get(part).add(parcel);
            });
    divided.forEach(part -> part.sort(Comparator.comparingInt(Parcel::number)));
    return divided;
  }

  /** At least a millisecond, so that packages that take no time are spread too. */
  private static long time(Parcel parcel, long usual) {
    return parcel.expected().map(Duration::toMillis).map(ms -> Math.max(1, ms)).orElse(usual);
  }

  private static long average(List<Parcel> parcels) {
    double average =
        parcels.stream()
            .map(Parcel::expected)
            .flatMap(Optional::stream)
            .mapToLong(Duration::toMillis)
            .average()
            .orElse(1);
    return Math.max(1, (long) average);
  }

  private static int least(long[] loads) {
    int least = 0;
    for (int i = 1; i < loads.length; i++) {
      if (loads[i] < loads[least]) {
        least = i;
      }
    }
    return least;
  }
}
