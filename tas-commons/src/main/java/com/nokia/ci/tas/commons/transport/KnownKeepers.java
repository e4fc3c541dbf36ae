package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.model.Endpoint;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * With whom a session of ours has stood: one who is slow to answer the next offer is busy, and not
 * a plain one. Bounded; safe for several threads.
 */
final class KnownKeepers {
  private static final int MOST = 1_000;

  private final Map<Endpoint, Boolean> known =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Endpoint, Boolean> eldest) {
          return size() > MOST;
        }
      };

  synchronized void stood(Endpoint acceptor) {
    known.put(acceptor, true);
  }

  synchronized boolean isKnown(Endpoint acceptor) {
    return known.containsKey(acceptor);
  }

  /** It speaks plainly after all. */
  synchronized void forget(Endpoint acceptor) {
    known.remove(acceptor);
  }
}
