package com.nokia.ci.tas.commons.xml;

import com.ctc.wstx.stax.WstxInputFactory;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.model.SafeName;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;

/**
 * Binds a document to beans: as XML if it is well-formed, else as the line format of the earlier
 * programs.
 *
 * <p>No document types, no entities but the five of XML and character references, nothing is ever
 * fetched; depth, attributes, elements and characters are bounded.
 */
final class XmlBinding {
  /** What the decoder puts where bytes are not UTF-8; may also be meant. */
  private static final char REPLACEMENT = '\uFFFD';

  /** How the parser says that a document is beyond a limit: it has no exception of its own. */
  private static final Pattern LIMIT =
      Pattern.compile(" limit \\([0-9]+\\) exceeded", Pattern.CASE_INSENSITIVE);

  private XmlBinding() {}

  /** Made when the first document is read. */
  private static final class Prepared {
    static final WstxInputFactory PARSERS = SafeXml.factory();
  }

  /**
   * Reads a document in whichever of the two formats it is.
   *
   * @param bean makes what takes in the root of the document
   * @throws ProtocolException when it is neither
   */
  static <T extends Bean> T read(byte[] bytes, Block document, Supplier<T> bean) {
    String text = decoded(bytes);
    try {
      return bind(text, document, bean);
    } catch (RefusedXml e) {
      throw new ProtocolException(e.getMessage(), e);
    } catch (XMLStreamException notWellFormed) {
      if (LIMIT.matcher(String.valueOf(notWellFormed.getMessage())).find()) {
        throw new ProtocolException(sentence(notWellFormed), notWellFormed);
      }
      return readEarlier(text, document, bean, notWellFormed);
    }
  }

  private static <T extends Bean> T readEarlier(
      String text, Block document, Supplier<T> bean, XMLStreamException notWellFormed) {
    var repaired = new EarlierFormat(text, document).repaired();
    if (repaired.isEmpty()) {
      throw new ProtocolException(sentence(notWellFormed), notWellFormed);
    }
    try {
      return bind(repaired.get(), document, bean);
    } catch (XMLStreamException e) {
      throw new ProtocolException(sentence(notWellFormed), e);
    }
  }

  private static <T extends Bean> T bind(String text, Block document, Supplier<T> bean)
      throws XMLStreamException {
    var parser = Prepared.PARSERS.createXMLStreamReader(new StringReader(text));
    try {
      T read = bean.get();
      BoundReader.read(parser, document, read);
      return read;
    } finally {
      parser.close();
    }
  }

  /**
   * The characters of a document: UTF-8, whatever its declaration says, with or without a byte
   * order mark. Bytes that are not UTF-8 are read as ISO-8859-1, as the earlier programs do.
   */
  private static String decoded(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0 && !isUtf8(bytes)) {
      text = new String(bytes, StandardCharsets.ISO_8859_1);
    }
    int first = text.startsWith("\uFEFF") ? 1 : text.startsWith("\u00EF\u00BB\u00BF") ? 3 : 0;
    return text.substring(first).stripLeading();
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static String sentence(XMLStreamException e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf("\n at [");
    String what = SafeName.shown(end < 0 ? message : message.substring(0, end));
    var where = e.getLocation();
    return where == null || where.getLineNumber() <= 0
        ? "the message is not well-formed XML: " + what
        : "the message is not well-formed XML in line " + where.getLineNumber() + ": " + what;
  }
}
