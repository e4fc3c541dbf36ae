package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.MessageHandler;
import com.nokia.ci.tas.commons.message.ProductOperation;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.message.TextMessage;
import com.nokia.ci.tas.commons.model.Endpoint;

/** Puts the name that a session has in the place of the one that a message gives itself. */
final class Senders implements MessageHandler {
  private final Endpoint sender;
  private Message replaced;

  private Senders(Message message, Endpoint sender) {
    this.sender = sender;
    this.replaced = message;
  }

  static Message replaced(Message message, Endpoint sender) {
    if (message.sender().equals(sender)) {
      return message;
    }
    var senders = new Senders(message, sender);
    message.giveTo(senders);
    return senders.replaced;
  }

  @Override
  public void on(TestOperation it) {
    replaced = new TestOperation(sender, it.receiver(), it.kind(), it.test());
  }

  @Override
  public void on(ProductOperation it) {
    replaced = new ProductOperation(sender, it.receiver(), it.kind(), it.test(), it.product());
  }

  @Override
  public void on(RegistryOperation it) {
    replaced = it.from(sender);
  }

  @Override
  public void on(FileOperation it) {
    replaced = new FileOperation(sender, it.receiver(), it.kind(), it.test(), it.file());
  }

  @Override
  public void on(TextMessage it) {
    replaced = new TextMessage(sender, it.receiver(), it.test(), it.text(), it.number());
  }
}
