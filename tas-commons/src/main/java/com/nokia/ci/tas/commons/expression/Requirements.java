package com.nokia.ci.tas.commons.expression;

import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.Requirement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what a test asks by its explicit list of required products (guide, "Required products").
 *
 * <p>A listed product is a whole product description, and programs in the field fill in what they
 * were not told. So these ask nothing: {@code null} for an unset text; a port or time of 0; the
 * codes that every new SIM card description carries (PIN 1234 and 2222, PUK 11111111 and 22222222,
 * security code 12345); and what a service writes into a product that it reserves: status details,
 * reservation and disconnection times. Whoever wants one of these asks for it by an expression.
 */
public final class Requirements {
  private static final Set<ProductAttribute> NEVER_ASKED =
      EnumSet.of(
          ProductAttribute.STATUS_DETAILS,
          ProductAttribute.RESERVATION_TIME,
          ProductAttribute.RESERVATION_TIMEOUT,
          ProductAttribute.DISCONNECTION_TIME);

  private static final Map<String, String> CODES_OF_A_NEW_CARD =
      Map.of(
          "pin1", "1234",
          "pin2", "2222",
          "puk1", "11111111",
          "puk2", "22222222",
          "security-code", "12345");

  private Requirements() {}

  /**
   * One demand for each listed product, also for two that are the same.
   *
   * @throws ExpressionException when a product has a name or a value that cannot be asked for
   */
  public static Requirement of(List<ProductDescription> products) {
    if (products.size() > RequirementParser.MOST_PRODUCTS) {
      throw ExpressionException.inList(
          RequirementParser.MOST_PRODUCTS + 1,
          "one product too many",
          "no more than " + RequirementParser.MOST_PRODUCTS + " products");
    }
    var demands = new ArrayList<ProductDemand>();
    for (var product : products) {
      demands.add(demand(demands.size() + 1, product));
    }
    return new Requirement(demands);
  }

  private static ProductDemand demand(int number, ProductDescription product) {
    var clauses = new Clauses();
    product
        .values()
        .forEach(
            (name, value) -> {
              Optional<String> known = Clauses.name(name);
              if (known.isEmpty()) {
                refuse(number, Clauses.unknown(name));
              } else if (asksSomething(known.get(), value.strip())) {
                clauses.add(known.get(), value.strip()).ifPresent(it -> refuse(number, it));
              }
            });
    return clauses.demand();
  }

  private static boolean asksSomething(String name, String value) {
    return !value.isEmpty()
        && !value.equals("null")
        && ProductAttribute.of(name).filter(it -> !asksSomething(it, value)).isEmpty();
  }

  private static boolean asksSomething(ProductAttribute attribute, String value) {
    return !NEVER_ASKED.contains(attribute)
        && !(isPort(attribute) && value.equals("0"))
        && !(attribute.sim() > 0 && value.equals(CODES_OF_A_NEW_CARD.get(attribute.elementName())));
  }

  private static boolean isPort(ProductAttribute attribute) {
    return attribute == ProductAttribute.PORT || attribute == ProductAttribute.TAS_PORT;
  }

  private static void refuse(int number, Clauses.Complaint complaint) {
    throw ExpressionException.inList(number, complaint.problem(), complaint.expected());
  }
}
