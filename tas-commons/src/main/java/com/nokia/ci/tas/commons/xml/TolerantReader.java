package com.nokia.ci.tas.commons.xml;

import java.util.ArrayDeque;
import java.util.Deque;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;

/**
 * Shows a document to the binding as its beans know it: names without prefix and in lower case, no
 * attributes, nothing of what {@link Block} does not know, and the leaves of products as {@code
 * attribute} elements with their name. Refuses document types and entities.
 */
final class TolerantReader extends StreamReaderDelegate {

  /** An element that the binding sees. */
  private sealed interface Element {
    /** Its name for the binding; interned, as the binding compares names by identity. */
    String shown();
  }

  private record BlockElement(String shown, Block block) implements Element {}

  private record LeafElement(String shown) implements Element {}

  private record AttributeElement(String name, boolean known) implements Element {
    @Override
    public String shown() {
      return ProductBean.LEAF;
    }
  }

  private final BlockElement document;
  private final Deque<Element> open = new ArrayDeque<>();
  private Element current;

  TolerantReader(XMLStreamReader reader, Block document) {
    super(reader);
    this.document = new BlockElement("", document);
    this.current = this.document;
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
      if (enter(Block.spelled(super.getLocalName()))) {
        current = open.peek();
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
  private boolean enter(String name) throws XMLStreamException {
    Element parent = open.isEmpty() ? document : open.peek();
    if (parent instanceof AttributeElement attribute && !attribute.known()) {
      return false;
    }
    if (!(parent instanceof BlockElement outer)) {
      throw new XMLStreamException(
          "element <" + name + "> stands inside a value; write < as &lt;", getLocation());
    }
    Block block = outer.block();
    if (block.block(name).isPresent()) {
      open.push(new BlockElement(name.intern(), block.block(name).get()));
      return true;
    }
    if (open.isEmpty()) {
      throw new RefusedXml(
          "the document is a <" + name + "> where a <" + block.root() + "> is expected");
    }
    if (block.isOpen()) {
      open.push(new AttributeElement(name, block.hasLeaf(name)));
      return true;
    }
    if (block.hasLeaf(name)) {
      open.push(new LeafElement(name.intern()));
      return true;
    }
    return false;
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
    return current.shown();
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
    return current instanceof AttributeElement ? 1 : 0;
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
    return current instanceof AttributeElement attribute ? attribute.name() : "";
  }
}
