package com.nokia.ci.tas.service.farm.distribution;

import java.util.ArrayList;
import java.util.List;

/**
 * The {@code default}: as many sub-tests as there are matching sets of products, with the same
 * number of packages as far as that goes, in the order of their issuer.
 */
final class Even implements Distribution {
  @Override
  public String name() {
    return "default";
  }

  @Override
  public List<List<Parcel>> divide(List<Parcel> parcels, Supply supply) {
    int parts = Math.max(1, Math.min(supply.sets(), parcels.size()));
    int most = (parcels.size() + parts - 1) / parts;
    var divided = new ArrayList<List<Parcel>>();
    for (int from = 0; from < parcels.size(); from += most) {
      divided.add(parcels.subList(from, Math.min(from + most, parcels.size())));
    }
    return divided;
  }
}
