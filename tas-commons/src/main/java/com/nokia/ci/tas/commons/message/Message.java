package com.nokia.ci.tas.commons.message;

import com.nokia.ci.tas.commons.model.Endpoint;

/** Anything a peer can say (guide, "Message"). */
public sealed interface Message
    permits TestOperation, ProductOperation, FileOperation, RegistryOperation, TextMessage {

  /** Where the answer goes; {@link Endpoint#UNKNOWN} when the message does not say. */
  Endpoint sender();

  /** Whom it is meant for; informational. */
  Endpoint receiver();

  /** Calls the one method of the handler that is for this type of message. */
  void giveTo(MessageHandler handler);
}
