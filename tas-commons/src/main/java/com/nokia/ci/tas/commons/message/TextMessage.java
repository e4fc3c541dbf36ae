package com.nokia.ci.tas.commons.message;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.TestDescription;
import java.util.Objects;
import java.util.Optional;

/**
 * Lines for a person about a test: output of its executor, or a notice of the service (guide, "Test
 * execution flow" 3.4). The status inside {@code test} is a snapshot and decides nothing.
 *
 * @param sender who speaks
 * @param receiver whom it is meant for
 * @param test at least its id
 * @param text lines, separated by line feeds; without a final one
 * @param number of output that may come twice, because its way changed
 */
public record TextMessage(
    Endpoint sender,
    Endpoint receiver,
    TestDescription test,
    String text,
    Optional<TextNumber> number)
    implements Message {

  public TextMessage {
    Objects.requireNonNull(number, "number");
  }

  /** A text without a number. */
  public TextMessage(Endpoint sender, Endpoint receiver, TestDescription test, String text) {
    this(sender, receiver, test, text, Optional.empty());
  }

  @Override
  public void giveTo(MessageHandler handler) {
    handler.on(this);
  }
}
