package com.nokia.ci.tas.service.edge;

import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.TextMessage;
import com.nokia.ci.tas.commons.model.Endpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was said to peers that had a session before the service was started again and have not come
 * back yet: they dial again within seconds, not all at once. Bounded; for one thread at a time.
 */
final class Absent {
  /** For one peer. */
  static final int MOST_MESSAGES = 1_000;

  /** For all of them. */
  static final long MOST_CHARACTERS = 8L << 20;

  private final Map<Endpoint, List<Message>> waiting = new HashMap<>();
  private long characters;

  /** Whether something waits for a peer. */
  boolean isAwaited(Endpoint peer) {
    return waiting.containsKey(peer);
  }

  /**
   * Keeps a message until its receiver is back.
   *
   * @return whether there was room for it
   */
  boolean hold(Endpoint peer, Message message) {
    var queue = waiting.computeIfAbsent(peer, none -> new ArrayList<>());
    if (queue.size() >= MOST_MESSAGES || characters + length(message) > MOST_CHARACTERS) {
      return false;
    }
    queue.add(message);
    characters += length(message);
    return true;
  }

  /** A peer is back: what waited for it, in order. */
  List<Message> release(Endpoint peer) {
    var queue = waiting.remove(peer);
    if (queue == null) {
      return List.of();
    }
    queue.forEach(message -> characters -= length(message));
    return queue;
  }

  private static long length(Message message) {
    return message instanceof TextMessage text ? text.text().length() : 0;
  }
}
