package com.nokia.ci.tas.service.store;

import com.nokia.ci.tas.service.farm.FarmImage;
import java.util.Objects;

/**
 * The farm as it was at some moment.
 *
 * @param batch number of the last batch that is in it; 0: none is
 * @param image secrets included
 */
public record Checkpoint(long batch, FarmImage image) {
  public Checkpoint {
    Objects.requireNonNull(image, "image");
    if (batch < 0) {
      throw new IllegalArgumentException("checkpoint behind batch " + batch);
    }
  }
}
