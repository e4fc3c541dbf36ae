package com.nokia.ci.tas.commons.session;

import com.nokia.ci.tas.commons.model.ProtocolException;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The numbers of the messages that one side of a session has taken or declined, and what of that
 * the other side may not know yet (docs/session.md, section 4). For one thread at a time.
 */
public final class Arrivals {
  /** More refusals that the peer may not have read are not remembered. */
  private static final int MOST_REFUSALS = 100;

  private final TreeMap<Long, String> refusals = new TreeMap<>();
  private long last;
  private long settled;

  /**
   * Whether a message is to be handled; one that came before is only answered again.
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

  /** The next message was handled. */
  public void take() {
    last++;
  }

  /** The next message was declined, with this sentence. */
  public void refuse(String sentence) {
    take();
    refusals.put(last, sentence);
    if (refusals.size() > MOST_REFUSALS) {
      refusals.pollFirstEntry();
    }
  }

  /** The sentence with which a message that came before was declined, if it was. */
  public Optional<String> refusal(long number) {
    return Optional.ofNullable(refusals.get(number));
  }

  /** All messages up to a number are in good hands. */
  public void settle(long number) {
    settled = Math.max(settled, number);
  }

  /**
   * On a new connection the peer begins with this message: it knows what became of those before.
   */
  public void begins(long number) {
    refusals.headMap(number).clear();
  }

  /** The number of the last message that was taken or declined, 0 for none. */
  public long last() {
    return last;
  }

  /**
   * What a peer is told that goes on over another connection: all messages up to this number were
   * taken and are in good hands. Those behind it are said again, and answered.
   */
  public long answered() {
    return refusals.isEmpty() ? settled : Math.min(settled, refusals.firstKey() - 1);
  }

  /** A new session begins. */
  public void restart() {
    last = 0;
    settled = 0;
    refusals.clear();
  }
}
