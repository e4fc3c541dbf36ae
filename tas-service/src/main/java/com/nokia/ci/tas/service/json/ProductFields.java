package com.nokia.ci.tas.service.json;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.ProductDescription;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeMap;

/**
 * A product as JSON: every attribute that is no secret, those of a SIM card in an object, and those
 * that are not the guide's in another, under the names that expressions use.
 */
final class ProductFields {
  private static final Set<ProductAttribute> NUMBERS =
      EnumSet.of(
          ProductAttribute.RESERVATION_TIME,
          ProductAttribute.RESERVATION_TIMEOUT,
          ProductAttribute.DISCONNECTION_TIME,
          ProductAttribute.TAS_PORT);

  private ProductFields() {}

  static ObjectNode of(ProductDescription product) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    var own = new TreeMap<>(product.withoutSecrets().values());
    for (var attribute : ProductAttribute.values()) {
      own.remove(attribute.text());
      if (attribute.isSecret()) {
        continue;
      }
      String name = camel(attribute.elementName());
      ObjectNode place =
          attribute.sim() == 0 ? json : json.withObjectProperty("sim" + attribute.sim());
      if (NUMBERS.contains(attribute)) {
        place.put(name, product.time(attribute).toEpochMilli());
      } else {
        place.put(name, value(product, attribute));
      }
    }
    if (!own.isEmpty()) {
      ObjectNode attributes = json.putObject("attributes");
      own.forEach(attributes::put);
    }
    return json;
  }

  private static String value(ProductDescription product, ProductAttribute attribute) {
    return switch (attribute) {
      case ROLE -> product.role().text();
      case STATUS -> product.status().text();
      default -> product.value(attribute);
    };
  }

  /** {@code rm-code} as {@code rmCode}. */
  static String camel(String dashed) {
    var name = new StringBuilder(dashed.length());
    boolean capital = false;
    for (int i = 0; i < dashed.length(); i++) {
      char c = dashed.charAt(i);
      if (c == '-') {
        capital = name.length() > 0;
      } else {
        name.append(capital ? Character.toUpperCase(c) : c);
        capital = false;
      }
    }
    return name.toString();
  }
}
