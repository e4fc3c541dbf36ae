package com.nokia.ci.tas.commons.transport;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What messages that are still coming in hold together. Where that is too much, the one that began
 * first gives way, never the new one: an honest message is complete within moments. Any thread may
 * call.
 */
final class PartialMessages {

  /** One message that is coming in. */
  interface Holder {
    /** Is to be given up; called on the thread of the one that took its room. */
    void giveWay();
  }

  private final long cap;
  private final Map<Holder, Long> holders = new LinkedHashMap<>();
  private long held;

  PartialMessages(long cap) {
    this.cap = cap;
  }

  /** The message has grown to a number of bytes. */
  void hold(Holder holder, long bytes) {
    overdue(holder, bytes).forEach(Holder::giveWay);
  }

  private synchronized List<Holder> overdue(Holder holder, long bytes) {
    Long before = holders.put(holder, bytes);
    held += bytes - (before == null ? 0 : before);
    List<Holder> victims = new ArrayList<>();
    while (held > cap) {
      Holder oldest = holders.keySet().iterator().next();
      release(oldest);
      victims.add(oldest);
    }
    return victims;
  }

  /** The message is complete or given up; does nothing when it holds nothing. */
  synchronized void release(Holder holder) {
    Long bytes = holders.remove(holder);
    held -= bytes == null ? 0 : bytes;
  }

  synchronized long held() {
    return held;
  }
}
