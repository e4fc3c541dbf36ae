package com.nokia.ci.tas.service.json;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.ProductDescription;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

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

  /** Those that are shown, in their order. */
  private static final List<Field> FIELDS =
      Stream.of(ProductAttribute.values())
          .filter(attribute -> !attribute.isSecret())
          .map(
              attribute ->
                  new Field(
                      attribute,
                      attribute.sim() == 0 ? "" : "sim" + attribute.sim(),
                      camel(attribute.elementName())))
          .toList();

  private ProductFields() {}

  /**
   * Where an attribute stands.
   *
   * @param object the name of the object in which it stands; empty: that of the product
   * @param name in that object
   */
  private record Field(ProductAttribute attribute, String object, String name) {}

  static ObjectNode of(ProductDescription product) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode place = json;
    String object = "";
    for (var field : FIELDS) {
      if (!field.object().equals(object)) {
        object = field.object();
        place = object.isEmpty() ? json : object(json, object);
      }
      var attribute = field.attribute();
      if (NUMBERS.contains(attribute)) {
        place.put(field.name(), product.time(attribute).toEpochMilli());
      } else {
        place.put(field.name(), value(product, attribute));
      }
    }
    product
        .values()
        .forEach(
            (name, value) -> {
              if (ProductAttribute.of(name).isEmpty()) {
                object(json, "attributes").put(name, value);
              }
            });
    return json;
  }

  private static ObjectNode object(ObjectNode json, String name) {
    return json.get(name) instanceof ObjectNode known ? known : json.putObject(name);
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
