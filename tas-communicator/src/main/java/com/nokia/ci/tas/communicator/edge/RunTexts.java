package com.nokia.ci.tas.communicator.edge;

import com.nokia.ci.tas.commons.message.TextMessage;
import com.nokia.ci.tas.commons.message.TextNumber;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.communicator.node.RunOrder;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The texts of one run on their way to its client, in order, each shown there once
 * (docs/session.md, section 7). Texts that go through the service stay there until the run ends:
 * one that went directly could overtake another that the service still holds.
 */
final class RunTexts {
  private final RunOrder order;
  private final Supplier<Endpoint> self;
  private final ClientLink client;
  private long last;
  private boolean relayed;

  RunTexts(RunOrder order, Supplier<Endpoint> self, ClientLink client) {
    this.order = order;
    this.self = self;
    this.client = client;
  }

  /** Sends the next text; the future completes when the one after it may be sent. */
  CompletableFuture<Void> send(String text) {
    var message =
        new TextMessage(
            self.get(),
            order.client(),
            TestDescription.named(order.id()),
            text,
            client.isOfSession() ? Optional.of(nextNumber()) : Optional.empty());
    return client.send(message, this::choice);
  }

  private synchronized TextNumber nextNumber() {
    last++;
    return new TextNumber(order.attempt(), last);
  }

  private synchronized ClientLink.Way choice(ClientLink.Way taken) {
    relayed |= taken == ClientLink.Way.RELAYED;
    return relayed ? ClientLink.Way.RELAYED : taken;
  }
}
