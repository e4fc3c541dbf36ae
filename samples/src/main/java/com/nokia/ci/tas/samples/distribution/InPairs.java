package com.nokia.ci.tas.samples.distribution;

import com.nokia.ci.tas.service.farm.distribution.Distribution;
import com.nokia.ci.tas.service.farm.distribution.Parcel;
import com.nokia.ci.tas.service.farm.distribution.Supply;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code pairs}: two packages in a sub-test, however many products there are. For products that
 * have to be flashed anew after every second package.
 */
public final class InPairs implements Distribution {
  private static final int TOGETHER = 2;

  @Override
  public String name() {
    return "pairs";
  }

  @Override
  public List<List<Parcel>> divide(List<Parcel> parcels, Supply supply) {
    var parts = new ArrayList<List<Parcel>>();
    for (int from = 0; from < parcels.size(); from += TOGETHER) {
      parts.add(parcels.subList(from, Math.min(from + TOGETHER, parcels.size())));
    }
    return parts;
  }
}
