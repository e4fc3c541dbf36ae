package com.nokia.ci.tas.commons.xml;

/** The {@code message} element as it is bound; a field is null when its element is missing. */
final class MessageBean implements Bean {
  String type;
  AddressBean sender;
  AddressBean receiver;
  EnvelopeBean envelope;

  @Override
  public void leaf(String name, String text) {
    switch (name) {
      case "type" -> type = text;
      default -> Bean.super.leaf(name, text);
    }
  }

  @Override
  public Bean block(String name) {
    return switch (name) {
      case "sender" -> {
        sender = new AddressBean();
        yield sender;
      }
      case "receiver" -> {
        receiver = new AddressBean();
        yield receiver;
      }
      case "envelope" -> {
        envelope = new EnvelopeBean();
        yield envelope;
      }
      default -> Bean.super.block(name);
    };
  }

  /** A {@code sender} or {@code receiver}. */
  static final class AddressBean implements Bean {
    String hostname;
    String port;

    @Override
    public void leaf(String name, String text) {
      switch (name) {
        case "hostname" -> hostname = text;
        case "port" -> port = text;
        default -> Bean.super.leaf(name, text);
      }
    }
  }

  /** The {@code envelope}: which of its fields count depends on the type of the message. */
  static final class EnvelopeBean implements Bean {
    String operation;
    String remote;
    String session;
    String runs;
    String facts;
    String text;
    String textNumber;

    TestBean test;
    ProductBean product;
    FileBean file;
    NodeBean node;

    @Override
    public void leaf(String name, String text) {
      switch (name) {
        case "operation" -> operation = text;
        case "remote" -> remote = text;
        case "session" -> session = text;
        case "runs" -> runs = text;
        case "facts" -> facts = text;
        case "text" -> this.text = text;
        case "text-number" -> textNumber = text;
        default -> Bean.super.leaf(name, text);
      }
    }

    @Override
    public Bean block(String name) {
      return switch (name) {
        case "test" -> {
          test = new TestBean();
          yield test;
        }
        case "product" -> {
          product = new ProductBean();
          yield product;
        }
        case "file" -> {
          file = new FileBean();
          yield file;
        }
        case "test-node" -> {
          node = new NodeBean();
          yield node;
        }
        default -> Bean.super.block(name);
      };
    }
  }

  /** The {@code file} of a file operation. */
  static final class FileBean implements Bean {
    String name;
    String path;
    String size;
    String sha256;

    @Override
    public void leaf(String name, String text) {
      switch (name) {
        case "name" -> this.name = text;
        case "path" -> path = text;
        case "size" -> size = text;
        case "sha-256" -> sha256 = text;
        default -> Bean.super.leaf(name, text);
      }
    }
  }

  /** The {@code test-node} of a registration. */
  static final class NodeBean implements Bean {
    String hostname;
    String port;
    String description;
    String version;
    String holds;

    @Override
    public void leaf(String name, String text) {
      switch (name) {
        case "hostname" -> hostname = text;
        case "port" -> port = text;
        case "description" -> description = text;
        case "test-automation-software-version" -> version = text;
        case "holds" -> holds = text;
        default -> Bean.super.leaf(name, text);
      }
    }
  }
}
