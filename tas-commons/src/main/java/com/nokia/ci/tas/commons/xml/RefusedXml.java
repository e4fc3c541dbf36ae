package com.nokia.ci.tas.commons.xml;

import javax.xml.stream.XMLStreamException;

/** A document that is refused for what it is, so that repairing it is not even tried. */
final class RefusedXml extends XMLStreamException {
  private static final long serialVersionUID = 1L;

  RefusedXml(String sentence) {
    super(sentence);
  }
}
