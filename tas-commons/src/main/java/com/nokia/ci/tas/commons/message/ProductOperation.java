package com.nokia.ci.tas.commons.message;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.RuntimeId;
import java.util.Optional;

/**
 * An operation on a product (guide, "Product operation messages").
 *
 * @param sender the node, the service, or a client that releases a product
 * @param receiver whom it is meant for
 * @param kind what happened to the product
 * @param test the test it happened for, where the sender says so
 * @param product at least its IMEI
 */
public record ProductOperation(
    Endpoint sender,
    Endpoint receiver,
    Kind kind,
    Optional<RuntimeId> test,
    ProductDescription product)
    implements Message {

  @Override
  public void giveTo(MessageHandler handler) {
    handler.on(this);
  }

  /** What the receiver is asked to do or told. */
  public enum Kind {
    ADD,
    REMOVE,
    UPDATE
  }
}
