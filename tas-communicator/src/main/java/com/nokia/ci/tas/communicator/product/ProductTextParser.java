package com.nokia.ci.tas.communicator.product;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLStreamReader2;

/** Reads one product file and notes where each value stands. Used once. */
final class ProductTextParser {
  private static final int DEEPEST = 16;
  private static final WstxInputFactory FACTORY = factory();

  private final String text;
  private final Map<String, ProductText.Leaf> leaves = new LinkedHashMap<>();
  private int end;

  ProductTextParser(String text) {
    this.text = text;
  }

  ProductText parse() {
    try {
      var reader = (XMLStreamReader2) FACTORY.createXMLStreamReader(new StringReader(text));
      try {
        root(reader);
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      throw broken(e);
    }
    return new ProductText(text, leaves, end);
  }

  private void root(XMLStreamReader2 reader) throws XMLStreamException {
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.DTD -> throw at(reader, "a DOCTYPE is not allowed; remove it");
        case XMLStreamConstants.START_ELEMENT -> {
          if (!name(reader).equals("product")) {
            throw at(reader, "the outermost element is " + name(reader) + ", it should be product");
          }
          product(reader);
        }
        default -> {
          // Comments and blanks around the product.
        }
      }
    }
  }

  private void product(XMLStreamReader2 reader) throws XMLStreamException {
    while (reader.next() != XMLStreamConstants.END_ELEMENT) {
      if (reader.getEventType() == XMLStreamConstants.START_ELEMENT) {
        String name = name(reader);
        if (name.equals("sim1") || name.equals("sim2")) {
          card(reader, name + "-");
        } else {
          leaf(reader, name).ifPresent(leaf -> leaves.put(leaf.name(), leaf));
        }
      }
    }
    end = start(reader);
  }

  private void card(XMLStreamReader2 reader, String prefix) throws XMLStreamException {
    while (reader.next() != XMLStreamConstants.END_ELEMENT) {
      if (reader.getEventType() == XMLStreamConstants.START_ELEMENT) {
        leaf(reader, prefix + name(reader)).ifPresent(leaf -> leaves.put(leaf.name(), leaf));
      }
    }
  }

  /** The value of the element that begins here; empty when it holds other elements. */
  private Optional<ProductText.Leaf> leaf(XMLStreamReader2 reader, String name)
      throws XMLStreamException {
    int start = start(reader);
    int contentStart = (int) reader.getLocationInfo().getEndingCharOffset();
    boolean emptyTag = reader.isEmptyElement();
    var value = new StringBuilder();
    boolean plain = true;
    int depth = 1;
    while (depth > 0) {
      switch (reader.next()) {
        case XMLStreamConstants.CHARACTERS,
            XMLStreamConstants.CDATA,
            XMLStreamConstants.SPACE,
            XMLStreamConstants.ENTITY_REFERENCE ->
            value.append(reader.getText());
        case XMLStreamConstants.START_ELEMENT -> {
          plain = false;
          depth++;
          if (depth > DEEPEST) {
            throw at(reader, "elements are nested more than " + DEEPEST + " deep");
          }
        }
        case XMLStreamConstants.END_ELEMENT -> depth--;
        default -> {
          // Comments inside a value are not part of it.
        }
      }
    }
    int contentEnd = emptyTag ? contentStart : start(reader);
    int behind = emptyTag ? contentStart : (int) reader.getLocationInfo().getEndingCharOffset();
    return plain
        ? Optional.of(
            new ProductText.Leaf(
                name, value.toString().strip(), start, contentStart, contentEnd, behind))
        : Optional.empty();
  }

  private static int start(XMLStreamReader2 reader) {
    return (int) reader.getLocationInfo().getStartingCharOffset();
  }

  private static String name(XMLStreamReader2 reader) {
    return reader.getLocalName().toLowerCase(Locale.ROOT);
  }

  private static BrokenFileException at(XMLStreamReader2 reader, String sentence) {
    var location = reader.getLocationInfo().getStartLocation();
    return new BrokenFileException(location.getLineNumber(), location.getColumnNumber(), sentence);
  }

  private static BrokenFileException broken(XMLStreamException e) {
    String message = Optional.ofNullable(e.getMessage()).orElse("it is no well-formed XML");
    int where = message.indexOf("\n at [");
    String sentence = where < 0 ? message : message.substring(0, where);
    var location = Optional.ofNullable(e.getLocation());
    return location.isEmpty()
        ? new BrokenFileException(sentence)
        : new BrokenFileException(
            location.get().getLineNumber(), location.get().getColumnNumber(), sentence);
  }

  private static WstxInputFactory factory() {
    var factory = new WstxInputFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, DEEPEST);
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, 64);
    factory.getConfig().doParseLazily(false);
    return factory;
  }
}
