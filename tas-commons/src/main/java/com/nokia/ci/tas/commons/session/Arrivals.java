package com.nokia.ci.tas.commons.session;

import com.nokia.ci.tas.commons.model.ProtocolException;

/**
 * The numbers of the messages that one side of a session has taken (docs/session.md, section 4).
 * For one thread at a time.
 */
public final class Arrivals {
  private long last;

  /**
   * Whether a message is to be handled; one that was taken before is only acknowledged again.
   *
   * @throws ProtocolException when messages before it are missing
   */
  public boolean isNew(long number) {
    if (number > last + 1) {
      throw new ProtocolException(
          "message " + number + " came in where " + (last + 1) + " was expected");
    }
    return number == last + 1;
  }

  /** The next message was handled, or refused. */
  public void take() {
    last++;
  }

  /** The number of the last message that was taken, 0 for none. */
  public long last() {
    return last;
  }

  /** A new session begins. */
  public void restart() {
    last = 0;
  }
}
