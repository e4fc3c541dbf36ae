package com.nokia.ci.tas.commons.xml;

import com.nokia.ci.tas.commons.model.ProductDescription;
import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The {@code product} element as it is bound. A product is an open set of attributes: {@link
 * TolerantReader} shows each leaf of the block as an {@code attribute} with its name.
 */
@XmlAccessorType(XmlAccessType.FIELD)
final class ProductBean {

  /** What a leaf of a product or a SIM card is called while it is bound. */
  static final String LEAF = "attribute";

  @XmlElement(name = LEAF)
  List<AttributeBean> attributes = new ArrayList<>();

  SimBean sim1;
  SimBean sim2;

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

  private static void collect(Map<String, String> values, String prefix, List<AttributeBean> from) {
    for (var attribute : from) {
      boolean isStray = prefix.isEmpty() && belongsToSim(attribute.name);
      String name = prefix + attribute.name;
      if (!isStray && ProductWriting.isPassedOn(name)) {
        values.put(name, Leaf.text(attribute.value));
      }
    }
  }

  /** A PIN outside a SIM block would be an attribute that nobody knows to be secret. */
  private static boolean belongsToSim(String name) {
    return Block.SIM.child(name).isPresent();
  }

  /** A {@code sim1} or {@code sim2}. */
  @XmlAccessorType(XmlAccessType.FIELD)
  static final class SimBean {
    @XmlElement(name = LEAF)
    List<AttributeBean> attributes = new ArrayList<>();
  }

  /** One leaf. */
  @XmlAccessorType(XmlAccessType.FIELD)
  static final class AttributeBean {
    @XmlAttribute String name;
    @XmlValue String value;
  }
}
