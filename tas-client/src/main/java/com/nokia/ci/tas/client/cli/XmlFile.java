package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.client.internal.file.TextFile;
import com.nokia.ci.tas.client.internal.file.YamlFile;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.commons.xml.SafeXml;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads XML that somebody wrote as the maps, lists and texts that {@link YamlFile} makes of YAML:
 * an element with elements inside is a map of their names, one that is there several times a list,
 * any other a text. Attributes are refused, so that none is overlooked.
 */
final class XmlFile {
  private final Path file;
  private final XMLStreamReader reader;

  private XmlFile(Path file, XMLStreamReader reader) {
    this.file = file;
    this.reader = reader;
  }

  /**
   * The map that the document element of a file holds.
   *
   * @param root the name that this element has to have
   * @throws SettingsException when the file cannot be read or is another one
   */
  static Map<String, Object> read(Path file, String root) {
    byte[] document = TextFile.bytes(file);
    try {
      XMLStreamReader reader = SafeXml.read(new ByteArrayInputStream(document));
      while (reader.getEventType() != XMLStreamConstants.START_ELEMENT) {
        reader.next();
      }
      if (!reader.getLocalName().equals(root)) {
        throw new SettingsException(
            file + " begins with <" + reader.getLocalName() + ">; it has to be <" + root + ">");
      }
      Object content = new XmlFile(file, reader).element();
      while (reader.hasNext()) {
        reader.next();
      }
      return content.equals("") ? Map.of() : YamlFile.map(file + ", <" + root + ">", content);
    } catch (XMLStreamException e) {
      throw new SettingsException(file + " is no XML: " + sentence(e), e);
    }
  }

  private static String sentence(XMLStreamException e) {
    return SafeName.shown(String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
  }

  /** The map or the text of the element that has just begun. */
  private Object element() throws XMLStreamException {
    String name = reader.getLocalName();
    if (reader.getAttributeCount() > 0) {
      throw new SettingsException(
          file
              + ", line "
              + reader.getLocation().getLineNumber()
              + ": <"
              + name
              + "> has an attribute; write "
              + reader.getAttributeLocalName(0)
              + " as an element inside");
    }
    var members = new LinkedHashMap<String, List<Object>>();
    var text = new StringBuilder();
    while (true) {
      int event = reader.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        String inner = reader.getLocalName();
        members.computeIfAbsent(inner, any -> new ArrayList<>()).add(element());
      } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
        text.append(reader.getText());
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        return content(name, members, text.toString().strip());
      }
    }
  }

  private Object content(String name, Map<String, List<Object>> members, String text) {
    if (members.isEmpty()) {
      return text;
    }
    if (!text.isEmpty()) {
      throw new SettingsException(
          file
              + ", <"
              + name
              + ">, has elements and the text \""
              + SafeName.shown(text)
              + "\" beside them; leave out one of both");
    }
    var map = new LinkedHashMap<String, Object>();
    members.forEach((key, values) -> map.put(key, values.size() == 1 ? values.get(0) : values));
    return map;
  }
}
