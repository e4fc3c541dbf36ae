package com.nokia.ci.tas.commons.xml;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.ProductOperation;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.SessionOffer;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.message.TextMessage;
import com.nokia.ci.tas.commons.message.TextNumber;
import com.nokia.ci.tas.commons.model.ContentDigest;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.NodeFacts;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.model.RunReference;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.commons.xml.MessageBean.AddressBean;
import com.nokia.ci.tas.commons.xml.MessageBean.EnvelopeBean;
import com.nokia.ci.tas.commons.xml.MessageBean.FileBean;
import com.nokia.ci.tas.commons.xml.MessageBean.NodeBean;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** From the bound {@code message} element to what its sender said. */
final class MessageReading {
  private static final int HIGHEST_PORT = 65_535;

  private final String type;
  private final Endpoint sender;
  private final Endpoint receiver;
  private final EnvelopeBean envelope;

  MessageReading(MessageBean bean) {
    this.type = Leaf.text(bean.type).toLowerCase(Locale.ROOT);
    this.sender = sender(bean.sender);
    this.receiver = receiver(bean.receiver);
    this.envelope = bean.envelope == null ? new EnvelopeBean() : bean.envelope;
  }

  /**
   * The message.
   *
   * @throws ProtocolException when the message misses what its type needs
   */
  Message message() {
    return switch (type) {
      case MessageWriting.TEST_OPERATION ->
          new TestOperation(
              sender,
              receiver,
              operation(TestOperation.Kind.class, TestOperation.Kind.CHECK),
              test());
      case MessageWriting.PRODUCT_OPERATION -> productOperation();
      case MessageWriting.FILE_OPERATION ->
          new FileOperation(
              sender,
              receiver,
              operation(FileOperation.Kind.class, FileOperation.Kind.ABORT),
              test(),
              file(required(envelope.file, "file")));
      case MessageWriting.REGISTRY_OPERATION -> registryOperation();
      case MessageWriting.TEXT_MESSAGE ->
          new TextMessage(
              sender,
              receiver,
              test(),
              Leaf.lines(envelope.text),
              TextNumber.parse(Leaf.text(envelope.textNumber)));
      case "" -> throw new ProtocolException("the message has no <type>; " + types());
      default ->
          throw new ProtocolException(
              "the type \"" + SafeName.shown(type) + "\" of the message is not known; " + types());
    };
  }

  private static String types() {
    return "it is one of test-operation, product-operation, file-operation, registry-operation,"
        + " text-message";
  }

  private ProductOperation productOperation() {
    var product = required(envelope.product, "product").description();
    var test = Optional.ofNullable(envelope.test).map(MessageReading::id);
    var kind = operation(ProductOperation.Kind.class, ProductOperation.Kind.UPDATE);
    return new ProductOperation(sender, receiver, kind, test, product);
  }

  private RegistryOperation registryOperation() {
    var kind = operation(RegistryOperation.Kind.class, RegistryOperation.Kind.UPDATE);
    var remote = remote();
    Optional<NodeDescription> node =
        remote == RegistryOperation.Remote.TEST_NODE
            ? Optional.of(node(required(envelope.node, "test-node")))
            : Optional.empty();
    var offer =
        Optional.of(Leaf.text(envelope.session))
            .filter(text -> !text.isEmpty())
            .map(SessionOffer::parse);
    // An empty list says that the node runs nothing, a missing one says nothing.
    var runs = Optional.ofNullable(envelope.runs).map(Leaf::word).map(RunReference::parseAll);
    var facts = Optional.ofNullable(envelope.facts).map(Leaf::word).map(NodeFacts::parse);
    return new RegistryOperation(sender, receiver, kind, remote, node, offer, runs, facts);
  }

  private RegistryOperation.Remote remote() {
    String remote = Leaf.text(envelope.remote).toLowerCase(Locale.ROOT);
    return switch (remote) {
      case "test-node" -> RegistryOperation.Remote.TEST_NODE;
      case "client" -> RegistryOperation.Remote.CLIENT;
      default ->
          throw new ProtocolException(
              "the remote \""
                  + SafeName.shown(remote)
                  + "\" of a registry-operation is neither test-node nor client");
    };
  }

  private <K extends Enum<K>> K operation(Class<K> kinds, K whenMissing) {
    String word = Leaf.text(envelope.operation);
    if (word.isEmpty()) {
      return whenMissing;
    }
    for (K kind : kinds.getEnumConstants()) {
      if (kind.name().equalsIgnoreCase(word)) {
        return kind;
      }
    }
    throw new ProtocolException(
        "the operation \""
            + SafeName.shown(word)
            + "\" of a "
            + type
            + " is not known; it is one of "
            + Words.of(kinds));
  }

  private TestDescription test() {
    return TestReading.description(required(envelope.test, "test"));
  }

  private <T> T required(T block, String name) {
    if (block == null) {
      throw new ProtocolException("the " + type + " has no <" + name + "> in its <envelope>");
    }
    return block;
  }

  private static RuntimeId id(TestBean test) {
    return new RuntimeId(new TestId(Leaf.word(test.id)), Leaf.text(test.subId));
  }

  private static FileReference file(FileBean bean) {
    String size = Leaf.text(bean.size);
    long bytes = FileReference.UNKNOWN_SIZE;
    if (!size.isEmpty()) {
      bytes =
          Leaf.number(size)
              .orElseThrow(
                  () ->
                      new ProtocolException(
                          "the size \"" + SafeName.shown(size) + "\" of the file is not a number"));
    }
    var digest = Optional.of(Leaf.text(bean.sha256));
    return new FileReference(Leaf.word(bean.name), Leaf.text(bean.path), bytes, digest);
  }

  private static NodeDescription node(NodeBean bean) {
    var endpoint = new Endpoint(Leaf.text(bean.hostname), port(Leaf.text(bean.port), "test-node"));
    return new NodeDescription(
        endpoint, Leaf.text(bean.description), Leaf.text(bean.version), digests(bean.holds));
  }

  /** A hint: what is no digest is skipped. */
  private static List<ContentDigest> digests(String raw) {
    return Stream.of(Leaf.word(raw).split("\\s+", NodeDescription.MOST_HELD + 1))
        .flatMap(word -> ContentDigest.parse(word).stream())
        .toList();
  }

  private static Endpoint sender(AddressBean bean) {
    return bean == null
        ? Endpoint.UNKNOWN
        : new Endpoint(Leaf.text(bean.hostname), port(Leaf.text(bean.port), "sender"));
  }

  /** Nobody relies on the receiver, so a wrong port in it is no reason to refuse. */
  private static Endpoint receiver(AddressBean bean) {
    if (bean == null) {
      return Endpoint.UNKNOWN;
    }
    long port = Leaf.number(Leaf.text(bean.port)).orElse(0);
    return new Endpoint(Leaf.text(bean.hostname), port < 0 || port > HIGHEST_PORT ? 0 : (int) port);
  }

  private static int port(String text, String of) {
    if (text.isEmpty()) {
      return 0;
    }
    long port = Leaf.number(text).orElse(-1);
    if (port < 0 || port > HIGHEST_PORT) {
      throw new ProtocolException(
          "the port \"" + SafeName.shown(text) + "\" of the " + of + " is not between 0 and 65535");
    }
    return (int) port;
  }
}
