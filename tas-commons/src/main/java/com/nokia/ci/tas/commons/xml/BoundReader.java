package com.nokia.ci.tas.commons.xml;

import java.util.Optional;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads a document into a {@link Bean} as {@link Block} knows it: names without prefix and in any
 * case, no attributes, nothing of what is not known, and each leaf of a product under its own name.
 * Refuses document types and entities.
 */
final class BoundReader {
  private final XMLStreamReader parser;

  private BoundReader(XMLStreamReader parser) {
    this.parser = parser;
  }

  /**
   * Reads a whole document.
   *
   * @param parser that has read nothing yet
   * @param document what it must be
   * @throws RefusedXml when it is another document, or has a document type
   * @throws XMLStreamException when it is not well-formed, beyond a limit of the parser, or has a
   *     value that was not escaped
   */
  static void read(XMLStreamReader parser, Block document, Bean bean) throws XMLStreamException {
    var reader = new BoundReader(parser);
    while (reader.next() != XMLStreamConstants.START_ELEMENT) {
      // What stands before the root says nothing.
    }
    String root = parser.getLocalName();
    var block =
        document
            .child(root)
            .flatMap(Block.Child::block)
            .orElseThrow(
                () ->
                    new RefusedXml(
                        "the document is a <"
                            + root
                            + "> where a <"
                            + document.root()
                            + "> is expected"));
    reader.block(block, bean);
    // Text behind the root makes it a document that is not well-formed.
    reader.next();
  }

  /** Goes up to the end tag of a block that was begun. */
  private void block(Block block, Bean bean) throws XMLStreamException {
    for (int event = next(); event != XMLStreamConstants.END_ELEMENT; event = next()) {
      if (event == XMLStreamConstants.START_ELEMENT) {
        element(block, bean);
      }
    }
  }

  private void element(Block parent, Bean bean) throws XMLStreamException {
    String written = parser.getLocalName();
    var child = parent.child(written);
    Optional<Block> block = child.flatMap(Block.Child::block);
    if (block.isPresent()) {
      block(block.get(), bean.block(child.get().name()));
    } else if (child.isPresent()) {
      bean.leaf(child.get().name(), text(/* isKnown= */ true));
    } else if (parent.isOpen()) {
      bean.leaf(Block.spelled(written), text(/* isKnown= */ false));
    } else {
      skip();
    }
  }

  /** Goes up to the end tag of a leaf that was begun, for all that is written in it. */
  private String text(boolean isKnown) throws XMLStreamException {
    String first = "";
    StringBuilder all = null; // most texts come in one piece, a long one in many
    for (int event = next(); event != XMLStreamConstants.END_ELEMENT; event = next()) {
      switch (event) {
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          String piece = parser.getText();
          if (first.isEmpty()) {
            first = piece;
          } else {
            all = all == null ? new StringBuilder(first) : all;
            all.append(piece);
          }
        }
        case XMLStreamConstants.START_ELEMENT -> {
          if (isKnown) {
            throw new XMLStreamException(
                "element <" + parser.getLocalName() + "> stands inside a value; write < as &lt;",
                parser.getLocation());
          }
          skip();
        }
        default -> {
          // A comment or an instruction: nobody is told.
        }
      }
    }
    return all == null ? first : all.toString();
  }

  private void skip() throws XMLStreamException {
    int depth = 1;
    while (depth > 0) {
      int event = next();
      depth +=
          event == XMLStreamConstants.START_ELEMENT
              ? 1
              : event == XMLStreamConstants.END_ELEMENT ? -1 : 0;
    }
  }

  private int next() throws XMLStreamException {
    int event = parser.next();
    if (event == XMLStreamConstants.DTD) {
      throw new RefusedXml("a document type (<!DOCTYPE) is not accepted; leave it out");
    }
    if (event == XMLStreamConstants.ENTITY_REFERENCE) {
      throw new XMLStreamException(
          "entity &" + parser.getLocalName() + "; is not known; write an ampersand as &amp;",
          parser.getLocation());
    }
    return event;
  }
}
