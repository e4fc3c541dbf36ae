package com.nokia.ci.tas.commons.xml;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlElement;

/** The {@code message} element as it is bound; a field is null when its element is missing. */
@XmlAccessorType(XmlAccessType.FIELD)
final class MessageBean {
  String type;
  AddressBean sender;
  AddressBean receiver;
  EnvelopeBean envelope;

  /** A {@code sender} or {@code receiver}. */
  @XmlAccessorType(XmlAccessType.FIELD)
  static final class AddressBean {
    String hostname;
    String port;
  }

  /** The {@code envelope}: which of its fields count depends on the type of the message. */
  @XmlAccessorType(XmlAccessType.FIELD)
  static final class EnvelopeBean {
    String operation;
    String remote;
    String session;
    String runs;
    String facts;
    String text;

    @XmlElement(name = "text-number")
    String textNumber;

    TestBean test;
    ProductBean product;
    FileBean file;

    @XmlElement(name = "test-node")
    NodeBean node;
  }

  /** The {@code file} of a file operation. */
  @XmlAccessorType(XmlAccessType.FIELD)
  static final class FileBean {
    String name;
    String path;
    String size;

    @XmlElement(name = "sha-256")
    String sha256;
  }

  /** The {@code test-node} of a registration. */
  @XmlAccessorType(XmlAccessType.FIELD)
  static final class NodeBean {
    String hostname;
    String port;
    String description;

    @XmlElement(name = "test-automation-software-version")
    String version;

    String holds;
  }
}
