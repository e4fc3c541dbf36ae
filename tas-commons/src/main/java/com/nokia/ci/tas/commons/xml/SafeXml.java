package com.nokia.ci.tas.commons.xml;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;

/**
 * Reads XML that strangers wrote, as a stream: no document types, no entities but the five of XML
 * and character references, nothing is ever fetched; depth, attributes, elements and characters are
 * bounded. For any thread; a reader for one at a time.
 */
public final class SafeXml {
  private static final int DEEPEST = 64;
  private static final int MOST_ATTRIBUTES = 64;
  private static final int LONGEST_ATTRIBUTE = 65_536;
  private static final int MOST_CHARACTERS = 16 * 1024 * 1024;
  private static final long MOST_ELEMENTS = 200_000;

  private SafeXml() {}

  /** Made when the first document is read. */
  private static final class Prepared {
    static final WstxInputFactory PARSERS = factory();
  }

  /**
   * A reader for a document in the encoding that it declares, UTF-8 without one.
   *
   * @param document is not closed by the reader
   * @throws XMLStreamException when it does not begin as one; so do the methods of the reader for
   *     what is not well-formed, beyond a limit, a document type or an entity
   */
  public static XMLStreamReader read(InputStream document) throws XMLStreamException {
    return new Refusing(Prepared.PARSERS.createXMLStreamReader(document));
  }

  /** Parsers with these bounds, which pass over a document type without a word. */
  static WstxInputFactory factory() {
    var factory = new WstxInputFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new RefusedXml("external entities are not accepted");
        });
    factory.getConfig().doParseLazily(false);
    factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, DEEPEST);
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, MOST_ATTRIBUTES);
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, LONGEST_ATTRIBUTE);
    factory.setProperty(WstxInputProperties.P_MAX_TEXT_LENGTH, MOST_CHARACTERS);
    factory.setProperty(WstxInputProperties.P_MAX_CHARACTERS, (long) MOST_CHARACTERS);
    factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_COUNT, MOST_ELEMENTS);
    return factory;
  }

  /** Ends at a document type or an entity that XML does not have by itself. */
  private static final class Refusing extends StreamReaderDelegate {
    Refusing(XMLStreamReader reader) {
      super(reader);
    }

    @Override
    public int next() throws XMLStreamException {
      int event = super.next();
      if (event == DTD) {
        throw new RefusedXml("a document type (<!DOCTYPE) is not accepted; leave it out");
      }
      if (event == ENTITY_REFERENCE) {
        throw new RefusedXml("entity &" + super.getLocalName() + "; is not known");
      }
      return event;
    }
  }
}
