package com.nokia.ci.tas.commons.message;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.TestDescription;

/**
 * An operation on a file (guide, "File operation messages"). The bytes of a put follow the message.
 *
 * @param sender who asks or sends
 * @param receiver whom it is meant for
 * @param kind what to do
 * @param test the test the file belongs to, at least id and sub-id
 * @param file which file
 */
public record FileOperation(
    Endpoint sender, Endpoint receiver, Kind kind, TestDescription test, FileReference file)
    implements Message {

  @Override
  public void giveTo(MessageHandler handler) {
    handler.on(this);
  }

  /** What the receiver is asked to do or told. */
  public enum Kind {
    GET,
    PUT,
    ABORT
  }
}
