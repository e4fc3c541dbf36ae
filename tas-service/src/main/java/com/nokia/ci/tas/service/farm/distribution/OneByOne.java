package com.nokia.ci.tas.service.farm.distribution;

import java.util.List;

/** {@code perpackage}: a sub-test for each package. */
final class OneByOne implements Distribution {
  @Override
  public String name() {
    return "perpackage";
  }

  @Override
  public List<List<Parcel>> divide(List<Parcel> parcels, Supply supply) {
    return parcels.stream().map(List::of).toList();
  }
}
