package com.nokia.ci.tas.commons.xml;

import static com.nokia.ci.tas.commons.model.ProductAttribute.DISCONNECTION_TIME;
import static com.nokia.ci.tas.commons.model.ProductAttribute.FUSE_CONNECTION_ID;
import static com.nokia.ci.tas.commons.model.ProductAttribute.FUSE_CONNECTION_NAME;
import static com.nokia.ci.tas.commons.model.ProductAttribute.RESERVATION_TIME;
import static com.nokia.ci.tas.commons.model.ProductAttribute.RESERVATION_TIMEOUT;
import static com.nokia.ci.tas.commons.model.ProductAttribute.TAS_HOSTNAME;
import static com.nokia.ci.tas.commons.model.ProductAttribute.TAS_PORT;
import static com.nokia.ci.tas.commons.model.ProductAttribute.TRACE_CONNECTION_ID;

import com.nokia.ci.tas.commons.model.ExtraAttributes;
import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.ProductDescription;
import java.util.EnumSet;
import java.util.Set;

/** From a product to its lines. */
final class ProductWriting {
  private static final Set<ProductAttribute> ONLY_WITH_VALUE =
      EnumSet.of(
          FUSE_CONNECTION_NAME,
          FUSE_CONNECTION_ID,
          TRACE_CONNECTION_ID,
          RESERVATION_TIME,
          RESERVATION_TIMEOUT,
          DISCONNECTION_TIME,
          TAS_HOSTNAME,
          TAS_PORT);

  private ProductWriting() {}

  /** A product of the farm: every element that peers expect, also without a value. */
  static Lines product(Lines lines, ProductDescription product) {
    lines.open("product");
    leaves(lines, product, 0, true);
    card(lines, product, 1);
    return card(lines, product, 2).close("product");
  }

  /** One SIM card of a product: every element, also without a value. */
  static Lines card(Lines lines, ProductDescription product, int sim) {
    lines.open("sim" + sim);
    leaves(lines, product, sim, true);
    return lines.close("sim" + sim);
  }

  /** A product that is asked for: what is asked and nothing else. */
  static Lines required(Lines lines, ProductDescription product) {
    lines.open("product");
    leaves(lines, product, 0, false);
    for (int sim = 1; sim <= 2; sim++) {
      String prefix = "sim" + sim;
      if (product.values().keySet().stream().anyMatch(name -> name.startsWith(prefix + "-"))) {
        lines.open(prefix);
        leaves(lines, product, sim, false);
        lines.close(prefix);
      }
    }
    return lines.close("product");
  }

  private static void leaves(Lines lines, ProductDescription product, int sim, boolean all) {
    for (var attribute : ProductAttribute.values()) {
      if (attribute.sim() == sim) {
        String value = product.value(attribute);
        if (!value.isEmpty() || (all && !ONLY_WITH_VALUE.contains(attribute))) {
          lines.leaf(attribute.elementName(), value);
        }
      }
    }
    product.values().entrySet().stream()
        .filter(entry -> ProductAttribute.of(entry.getKey()).isEmpty())
        .filter(entry -> simOf(entry.getKey()) == sim)
        .filter(entry -> isPassedOn(entry.getKey()))
        .forEach(entry -> lines.leaf(elementName(entry.getKey()), entry.getValue()));
  }

  /** Whether an attribute that nobody knows has a name that every reader can be told. */
  static boolean isPassedOn(String attribute) {
    String name = elementName(attribute);
    return isName(name) && !ExtraAttributes.isBlock(name);
  }

  /** Letters, digits, dot, minus and underscore; no regular expression, for each name is asked. */
  private static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean isFirst = (c >= 'a' && c <= 'z') || c == '_';
      if (!isFirst && (i == 0 || !((c >= '0' && c <= '9') || c == '.' || c == '-'))) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private static String elementName(String attribute) {
    return attribute.substring(simOf(attribute) == 0 ? 0 : "sim1-".length());
  }

  private static int simOf(String name) {
    return name.startsWith("sim1-") ? 1 : name.startsWith("sim2-") ? 2 : 0;
  }
}
