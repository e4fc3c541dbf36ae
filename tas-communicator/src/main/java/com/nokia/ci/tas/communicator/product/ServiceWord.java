package com.nokia.ci.tas.communicator.product;

import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProductStatus;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the service said last about a product.
 *
 * @param status free until it says otherwise
 * @param details the runtime id of the reserving test when busy
 * @param reservationTime milliseconds since the epoch as text, empty when not reserved
 * @param reservationTimeout milliseconds as text, empty when not reserved
 */
record ServiceWord(
    ProductStatus status, String details, String reservationTime, String reservationTimeout) {
  /** Begins the status details by which a service says that a person has enabled a product. */
  static final String ENABLED = "enabled by ";

  static final ServiceWord FREE = new ServiceWord(ProductStatus.FREE, "", "", "");

  static ServiceWord of(ProductDescription said) {
    return new ServiceWord(
        said.status(),
        said.statusDetails(),
        said.value(ProductAttribute.RESERVATION_TIME),
        said.value(ProductAttribute.RESERVATION_TIMEOUT));
  }

  /** Whether a person has enabled the product: then what a health test says counts no more. */
  boolean isPardon() {
    return status == ProductStatus.FREE && details.startsWith(ENABLED);
  }

  /** As attributes; what is empty removes what was there. */
  Map<String, String> attributes() {
    var attributes = new LinkedHashMap<String, String>();
    attributes.put("status", status.text());
    attributes.put("status-details", details);
    attributes.put("reservation-time", reservationTime);
    attributes.put("reservation-timeout", reservationTimeout);
    return attributes;
  }
}
