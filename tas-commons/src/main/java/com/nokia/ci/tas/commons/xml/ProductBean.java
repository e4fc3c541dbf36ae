package com.nokia.ci.tas.commons.xml;

import com.nokia.ci.tas.commons.model.ProductDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The {@code product} element as it is bound. A product is an open set of attributes: each leaf of
 * the block is one.
 */
final class ProductBean implements Bean {
  private final List<Attribute> attributes = new ArrayList<>();
  private SimBean sim1;
  private SimBean sim2;

  /** A leaf. */
  private record Attribute(String name, String text) {}

  @Override
  public void leaf(String name, String text) {
    attributes.add(new Attribute(name, text));
  }

  @Override
  public Bean block(String name) {
    return switch (name) {
      case "sim1" -> {
        sim1 = new SimBean();
        yield sim1;
      }
      case "sim2" -> {
        sim2 = new SimBean();
        yield sim2;
      }
      default -> Bean.super.block(name);
    };
  }

  /** What the element says; {@code null} literals of earlier programs count as absent. */
  ProductDescription description() {
    var values = new TreeMap<String, String>();
    collect(values, "", attributes);
    if (sim1 != null) {
      collect(values, "sim1-", sim1.attributes);
    }
    if (sim2 != null) {
      collect(values, "sim2-", sim2.attributes);
    }
    return new ProductDescription(values);
  }

  private static void collect(Map<String, String> values, String prefix, List<Attribute> from) {
    for (var attribute : from) {
      boolean isStray = prefix.isEmpty() && belongsToSim(attribute.name());
      String name = prefix + attribute.name();
      if (!isStray && ProductWriting.isPassedOn(name)) {
        values.put(name, Leaf.text(attribute.text()));
      }
    }
  }

  /** A PIN outside a SIM block would be an attribute that nobody knows to be secret. */
  private static boolean belongsToSim(String name) {
    return Block.SIM.child(name).isPresent();
  }

  /** A {@code sim1} or {@code sim2}. */
  private static final class SimBean implements Bean {
    private final List<Attribute> attributes = new ArrayList<>();

    @Override
    public void leaf(String name, String text) {
      attributes.add(new Attribute(name, text));
    }
  }
}
