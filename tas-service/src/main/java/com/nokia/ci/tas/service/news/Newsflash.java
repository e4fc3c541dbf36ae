package com.nokia.ci.tas.service.news;

import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.TestDescription;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One piece of news. Immutable; its text is made once and shared by all who read it.
 *
 * @param number from 1, one more than the one before, for as long as the service lives
 * @param topic what it is about
 * @param state a word for where the test, the product or the node is now
 * @param test the test it is about, without secrets
 * @param products the products that are concerned
 * @param node the node that is concerned, if one is
 * @param json one line
 */
public record Newsflash(
    long number,
    Topic topic,
    String state,
    Optional<TestDescription> test,
    List<ProductId> products,
    Optional<NodeId> node,
    String json) {

  /** What news are about. */
  public enum Topic {
    TEST,
    PRODUCT,
    NODE,
    /** What a test waits for on its node; it is where it was. */
    DETAIL,
    /** Settings of the service, which are no part of the farm. */
    SETTINGS;

    /** The word for it. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  public Newsflash {
    Objects.requireNonNull(topic, "topic");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(json, "json");
    products = List.copyOf(products);
  }

  /** About how many octets it takes. */
  int weight() {
    return json.length() + 200;
  }

  /** The line as octets. */
  public byte[] bytes() {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
