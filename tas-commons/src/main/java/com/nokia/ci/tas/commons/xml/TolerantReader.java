package com.nokia.ci.tas.commons.xml;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;

/**
 * Shows a document to the binding as its beans know it: names without prefix and in lower case, no
 * attributes, nothing of what {@link Block} does not know, and the leaves of products as {@code
 * attribute} elements with their name. Refuses document types and entities.
 */
final class TolerantReader extends StreamReaderDelegate {

  /**
   * An element that the binding sees.
   *
   * @param name its name for the binding; a constant, as the binding compares names by identity
   * @param block what it holds; empty for a leaf
   * @param attribute its own name when it is a leaf of a product, else empty
   * @param isKnown whether the guide knows it
   */
  private record Element(String name, Optional<Block> block, String attribute, boolean isKnown) {}

  private final Deque<Element> open = new ArrayDeque<>();
  private Element current;

  TolerantReader(XMLStreamReader reader, Block document) {
    super(reader);
    this.current = new Element("", Optional.of(document), "", true);
    open.push(current);
  }

  @Override
  public int next() throws XMLStreamException {
    while (true) {
      int event = super.next();
      if (event == END_ELEMENT) {
        current = open.pop();
        return event;
      }
      if (event != START_ELEMENT) {
        checkHarmless(event);
        return event;
      }
      if (enter(super.getLocalName())) {
        current = open.element();
        return event;
      }
      skip();
    }
  }

  private void checkHarmless(int event) throws XMLStreamException {
    if (event == DTD) {
      throw new RefusedXml("a document type (<!DOCTYPE) is not accepted; leave it out");
    }
    if (event == ENTITY_REFERENCE) {
      throw new XMLStreamException(
          "entity &" + super.getLocalName() + "; is not known; write an ampersand as &amp;",
          getLocation());
    }
  }

  /** Opens the element just read if it is one for the binding. */
  private boolean enter(String written) throws XMLStreamException {
    Element parent = open.element();
    if (parent.block().isEmpty()) {
      if (parent.isKnown()) {
        throw new XMLStreamException(
            "element <" + written + "> stands inside a value; write < as &lt;", getLocation());
      }
      return false;
    }
    Block block = parent.block().get();
    var child = block.child(written);
    if (child.isPresent() && (child.get().block().isPresent() || !block.isOpen())) {
      open.push(new Element(child.get().name(), child.get().block(), "", true));
    } else if (block.isOpen()) {
      String attribute = child.map(Block.Child::name).orElseGet(() -> Block.spelled(written));
      open.push(new Element(ProductBean.LEAF, Optional.empty(), attribute, child.isPresent()));
    } else if (open.size() == 1) {
      throw new RefusedXml(
          "the document is a <" + written + "> where a <" + block.root() + "> is expected");
    } else {
      return false;
    }
    return true;
  }

  private void skip() throws XMLStreamException {
    int depth = 1;
    while (depth > 0) {
      int event = super.next();
      checkHarmless(event);
      depth += event == START_ELEMENT ? 1 : event == END_ELEMENT ? -1 : 0;
    }
  }

  @Override
  public String getLocalName() {
    return current.name();
  }

  @Override
  public String getNamespaceURI() {
    return "";
  }

  @Override
  public String getPrefix() {
    return "";
  }

  @Override
  public int getNamespaceCount() {
    return 0;
  }

  @Override
  public int getAttributeCount() {
    return current.attribute().isEmpty() ? 0 : 1;
  }

  @Override
  public String getAttributeLocalName(int index) {
    return "name";
  }

  @Override
  public String getAttributeNamespace(int index) {
    return "";
  }

  @Override
  public String getAttributePrefix(int index) {
    return "";
  }

  @Override
  public String getAttributeType(int index) {
    return "CDATA";
  }

  @Override
  public String getAttributeValue(int index) {
    return current.attribute();
  }
}
