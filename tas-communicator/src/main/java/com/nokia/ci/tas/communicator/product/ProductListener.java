package com.nokia.ci.tas.communicator.product;

import com.nokia.ci.tas.commons.model.ProductDescription;

/** Who is told of products; called on the thread of {@link Products}, in order; must not block. */
public interface ProductListener {
  /** A product was connected. */
  void onAdded(ProductDescription product);

  /** Something about a connected product is not as it was. */
  void onChanged(ProductDescription product);

  /** A product is not connected any more; this is what was known of it. */
  void onRemoved(ProductDescription product);
}
