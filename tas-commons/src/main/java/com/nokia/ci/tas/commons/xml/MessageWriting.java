package com.nokia.ci.tas.commons.xml;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.MessageHandler;
import com.nokia.ci.tas.commons.message.ProductOperation;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.message.TextMessage;
import com.nokia.ci.tas.commons.message.TextNumber;
import com.nokia.ci.tas.commons.model.ContentDigest;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.RunReference;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import java.util.stream.Collectors;

/** From one message to its lines. Each method writes up to the end of the envelope. */
final class MessageWriting implements MessageHandler {
  static final String TEST_OPERATION = "test-operation";
  static final String PRODUCT_OPERATION = "product-operation";
  static final String FILE_OPERATION = "file-operation";
  static final String REGISTRY_OPERATION = "registry-operation";
  static final String TEXT_MESSAGE = "text-message";

  private final Lines lines;

  private MessageWriting(Lines lines) {
    this.lines = lines;
  }

  static String write(Message message, Dialect dialect) {
    var lines = new Lines(dialect, "");
    message.giveTo(new MessageWriting(lines));
    return lines.close("envelope").close("message").toString();
  }

  @Override
  public void on(TestOperation operation) {
    begin(TEST_OPERATION, operation).leaf("operation", Words.of(operation.kind()));
    TestWriting.test(lines, operation.test());
  }

  @Override
  public void on(ProductOperation operation) {
    begin(PRODUCT_OPERATION, operation).leaf("operation", Words.of(operation.kind()));
    operation.test().ifPresent(this::test);
    ProductWriting.product(lines, operation.product());
  }

  @Override
  public void on(FileOperation operation) {
    begin(FILE_OPERATION, operation).leaf("operation", Words.of(operation.kind()));
    TestWriting.test(lines, operation.test());
    file(operation.file());
  }

  @Override
  public void on(RegistryOperation operation) {
    begin(REGISTRY_OPERATION, operation)
        .leaf("operation", Words.of(operation.kind()))
        .leaf("remote", Words.of(operation.remote()));
    operation.offer().ifPresent(offer -> lines.leaf("session", offer.text()));
    operation.runs().ifPresent(runs -> lines.leaf("runs", RunReference.text(runs)));
    operation.facts().ifPresent(facts -> lines.leaf("facts", facts.text()));
    operation.node().ifPresent(this::node);
  }

  @Override
  public void on(TextMessage message) {
    begin(TEXT_MESSAGE, message)
        .optionalLeaf("text-number", message.number().map(TextNumber::text).orElse(""));
    TestWriting.test(lines, message.test()).text(message.text());
  }

  private Lines begin(String type, Message message) {
    lines.declaration().open("message").leaf("type", type);
    address("sender", message.sender());
    address("receiver", message.receiver());
    return lines.open("envelope");
  }

  private void address(String name, Endpoint endpoint) {
    lines
        .open(name)
        .leaf("hostname", endpoint.host())
        .leaf("port", Integer.toString(endpoint.port()))
        .close(name);
  }

  private void test(RuntimeId id) {
    TestWriting.test(lines, TestDescription.named(id));
  }

  private void file(FileReference file) {
    lines
        .open("file")
        .optionalLeaf("name", file.name())
        .optionalLeaf("path", file.path())
        .leaf("size", Long.toString(file.size()))
        .optionalLeaf("sha-256", file.sha256().orElse(""))
        .close("file");
  }

  private static String digests(NodeDescription node) {
    return node.holds().stream().map(ContentDigest::text).collect(Collectors.joining(" "));
  }

  private void node(NodeDescription node) {
    lines
        .open("test-node")
        .leaf("hostname", node.endpoint().host())
        .optionalLeaf("port", node.endpoint().port())
        .leaf("description", node.description())
        .leaf("test-automation-software-version", node.version())
        .escapedLeaf("holds", digests(node))
        .close("test-node");
  }
}
