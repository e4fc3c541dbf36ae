package com.nokia.ci.tas.communicator.product;

import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProductStatus;
import com.nokia.ci.tas.commons.model.Role;
import com.nokia.ci.tas.commons.model.SafeName;
import java.util.List;
import java.util.Optional;

/**
 * When the configuration of a product is improper, so that no test may get it (guide, "Status").
 */
final class ProductRules {
  private static final List<String> CODES =
      List.of("pin1", "pin2", "puk1", "puk2", "security-code");

  private ProductRules() {}

  /** One sentence about the first thing that is wrong, without any secret. */
  static Optional<String> complaint(ProductDescription product) {
    String role = product.value("role");
    if (!role.isEmpty() && Role.of(role).isEmpty()) {
      return Optional.of(
          "role \"" + SafeName.shown(role) + "\" is neither main, remote nor reference");
    }
    String status = product.value("status");
    if (!status.isEmpty() && ProductStatus.of(status).isEmpty()) {
      return Optional.of(
          "status \"" + SafeName.shown(status) + "\" is neither free, busy nor disabled");
    }
    return cardComplaint(product, "sim1").or(() -> cardComplaint(product, "sim2"));
  }

  private static Optional<String> cardComplaint(ProductDescription product, String card) {
    if (product.value(card + "-phone-number").isEmpty()) {
      return Optional.empty();
    }
    return CODES.stream()
        .filter(code -> product.value(card + "-" + code).isEmpty())
        .findFirst()
        .map(code -> card + " has a phone number but no " + code + "; fill it in");
  }
}
