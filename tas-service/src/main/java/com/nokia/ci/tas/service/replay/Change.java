package com.nokia.ci.tas.service.replay;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.ProductId;
import java.util.Map;

/** One thing that would be different in a farm. */
public sealed interface Change {

  /**
   * More products, all on one further node.
   *
   * @param count how many
   * @param values attribute name to value of each
   */
  record AddProducts(int count, Map<String, String> values) implements Change {
    public AddProducts {
      values = Map.copyOf(values);
    }
  }

  /** A node and its products are not there. */
  record RemoveNode(Endpoint node) implements Change {}

  /** A product is not there. */
  record RemoveProduct(ProductId product) implements Change {}

  /**
   * The tests of an issuer have another priority.
   *
   * @param host of the issuer, in lower case
   */
  record GivePriority(int priority, String host) implements Change {}
}
