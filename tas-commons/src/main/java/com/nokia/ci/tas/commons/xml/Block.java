package com.nokia.ci.tas.commons.xml;

import static java.util.Map.entry;

import com.nokia.ci.tas.commons.model.ProductAttribute;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What may stand inside what: the elements that hold others, with the leaves and the blocks they
 * know. Reading uses it to take names in any case, to skip what is not known together with all
 * inside it, and to tell a leaf whose value was not escaped from a block.
 */
@SuppressWarnings("ImmutableEnumChecker") // nobody changes the children after construction
enum Block {
  SIM(simLeaves()),
  PRODUCT(productLeaves(), entry("sim1", SIM), entry("sim2", SIM)),
  PRODUCTS(List.of(), entry("product", PRODUCT)),
  PACKAGE_FILES(List.of("file")),
  TEST_PACKAGE(
      List.of("id", "required-environment", "required-products-expression"),
      entry("files", PACKAGE_FILES)),
  TEST_PACKAGES(List.of(), entry("test-package", TEST_PACKAGE)),
  PARAMETER(List.of("key", "value")),
  PARAMETERS(List.of(), entry("envparam", PARAMETER)),
  ARTIFACTS(List.of("artifact")),
  TEST(
      List.of(
          "id",
          "sub-id",
          "workspace-path",
          "url",
          "project",
          "priority",
          "submission",
          "bond",
          "plan",
          "distribution",
          "target",
          "product-releasing-mode",
          "product-disconnection-timeout",
          "status",
          "status-details",
          "start-time",
          "timeout",
          "attempt",
          "fault",
          "code",
          "retries",
          "waiting-timeout",
          "preparation-timeout",
          "execution-timeout",
          "route",
          "direct",
          "secret-variables",
          "large-artifacts",
          "lenders",
          "executor-application",
          "executor-script",
          "results-filename",
          "required-environment",
          "required-products-expression"),
      entry("artifacts", ARTIFACTS),
      entry("envparams", PARAMETERS),
      entry("test-packages", TEST_PACKAGES),
      entry("required-products", PRODUCTS),
      entry("reserved-products", PRODUCTS)),
  FILE(List.of("name", "path", "size", "sha-256")),
  NODE(List.of("hostname", "port", "description", "test-automation-software-version", "holds")),
  ENVELOPE(
      List.of("operation", "remote", "session", "runs", "facts", "text-number", "text"),
      entry("test", TEST),
      entry("product", PRODUCT),
      entry("file", FILE),
      entry("test-node", NODE)),
  ADDRESS(List.of("hostname", "port")),
  MESSAGE(
      List.of("type"),
      entry("sender", ADDRESS),
      entry("receiver", ADDRESS),
      entry("envelope", ENVELOPE)),
  MESSAGE_DOCUMENT(List.of(), entry("message", MESSAGE)),
  PRODUCT_DOCUMENT(List.of(), entry("product", PRODUCT)),
  TEST_DOCUMENT(List.of(), entry("test", TEST));

  private final Map<String, Optional<Child>> children = new HashMap<>();

  @SafeVarargs
  @SuppressWarnings("varargs")
  Block(List<String> leaves, Map.Entry<String, Block>... blocks) {
    for (String name : leaves) {
      children.put(name, Optional.of(new Child(name, Optional.empty())));
    }
    for (var block : blocks) {
      var child = new Child(block.getKey(), Optional.of(block.getValue()));
      children.put(block.getKey(), Optional.of(child));
    }
  }

  /**
   * An element that is known inside a block.
   *
   * @param name how it is spelled here
   * @param block what it holds; empty for a leaf
   */
  record Child(String name, Optional<Block> block) {}

  /**
   * How a name is spelled here: without its prefix and in lower case.
   *
   * @param written the name as it stands in a message
   */
  static String spelled(String written) {
    return written.substring(written.indexOf(':') + 1).toLowerCase(Locale.ROOT);
  }

  /**
   * What is known of an element inside this block.
   *
   * @param written its name as it stands in a message
   */
  Optional<Child> child(String written) {
    var child = children.get(written);
    return child != null ? child : children.getOrDefault(spelled(written), Optional.empty());
  }

  /** All that is known inside this block. */
  Stream<Child> children() {
    return children.values().stream().flatMap(Optional::stream);
  }

  /** Whether leaves that are not known are attributes all the same, as a product's are. */
  boolean isOpen() {
    return this == PRODUCT || this == SIM;
  }

  /** For a document: the element it must consist of. */
  String root() {
    return children.keySet().iterator().next();
  }

  private static List<String> simLeaves() {
    return Arrays.stream(ProductAttribute.values())
        .filter(attribute -> attribute.sim() == 1)
        .map(ProductAttribute::elementName)
        .toList();
  }

  private static List<String> productLeaves() {
    return Arrays.stream(ProductAttribute.values())
        .filter(attribute -> attribute.sim() == 0)
        .map(ProductAttribute::elementName)
        .toList();
  }
}
