package com.nokia.ci.tas.samples.conformance;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** A message that a peer said, and how messages are written for it. */
final class Spoken {
  private final String xml;
  private final Document document;
  private final byte[] file;

  private Spoken(String xml, Document document, byte[] file) {
    this.xml = xml;
    this.document = document;
    this.file = file;
  }

  /**
   * Reads a message.
   *
   * @param xml up to and including {@code </message>}
   * @param file what came behind it
   */
  static Spoken of(byte[] xml, byte[] file) {
    try {
      var factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      return new Spoken(
          new String(xml, StandardCharsets.UTF_8),
          builder.parse(new ByteArrayInputStream(xml)),
          file);
    } catch (SAXException | IOException | ParserConfigurationException e) {
      throw new BrokenClaim(
          "what the peer says is no well-formed XML: "
              + e.getMessage()
              + " in "
              + new String(xml, StandardCharsets.UTF_8),
          e);
    }
  }

  /** A message to be said. */
  static String message(String type, Address sender, Address receiver, String envelope) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<message>\n\t<type>"
        + type
        + "</type>\n"
        + sender.xml("sender")
        + receiver.xml("receiver")
        + "\t<envelope>\n"
        + envelope.indent(2).replace("  ", "\t")
        + "\t</envelope>\n</message>\n";
  }

  String type() {
    return text("message/type");
  }

  String operation() {
    return text("message/envelope/operation");
  }

  /** Id and sub-id of its test. */
  String runtimeId() {
    return test("id") + test("sub-id");
  }

  String status() {
    return test("status");
  }

  String test(String leaf) {
    return text("message/envelope/test/" + leaf);
  }

  Address sender() {
    return address("message/sender");
  }

  Address address(String path) {
    String port = text(path + "/port");
    return new Address(text(path + "/hostname"), port.isEmpty() ? 0 : Integer.parseInt(port));
  }

  /** The text at a path of element names; empty when there is none. Of several the first. */
  String text(String path) {
    return all(path).stream().findFirst().orElse("");
  }

  /** The texts of all elements at a path. */
  List<String> all(String path) {
    List<Element> here = List.of(document.getDocumentElement());
    String[] names = path.split("/");
    if (!here.get(0).getNodeName().equals(names[0])) {
      return List.of();
    }
    for (int i = 1; i < names.length; i++) {
      String name = names[i];
      here = here.stream().flatMap(parent -> children(parent, name).stream()).toList();
    }
    return here.stream().map(Element::getTextContent).toList();
  }

  boolean has(String path) {
    return !all(path).isEmpty();
  }

  private static List<Element> children(Element parent, String name) {
    NodeList nodes = parent.getChildNodes();
    return IntStream.range(0, nodes.getLength())
        .mapToObj(nodes::item)
        .filter(Element.class::isInstance)
        .map(Element.class::cast)
        .filter(child -> child.getNodeName().equals(name))
        .toList();
  }

  byte[] file() {
    return file.clone();
  }

  /** In a few words. */
  @Override
  public String toString() {
    return (type() + " " + operation() + " " + runtimeId() + " " + status()).strip();
  }

  String xml() {
    return xml;
  }
}
