package com.nokia.ci.tas.commons.message;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.TestDescription;

/**
 * An operation on a test (guide, "Test operation messages").
 *
 * @param sender where the answer goes; in a start to a node it is the client, from whom the node
 *     fetches the artifacts
 * @param receiver whom it is meant for
 * @param kind what to do
 * @param test at least its id
 */
public record TestOperation(Endpoint sender, Endpoint receiver, Kind kind, TestDescription test)
    implements Message {

  @Override
  public void giveTo(MessageHandler handler) {
    handler.on(this);
  }

  /** What the receiver is asked to do or told. */
  public enum Kind {
    START,
    STOP,
    UPDATE,
    CHECK
  }
}
