package com.nokia.ci.tas.service.edge;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.transport.Outbox;
import com.nokia.ci.tas.commons.transport.RefusedException;
import com.nokia.ci.tas.commons.transport.RetryPolicy;
import com.nokia.ci.tas.commons.transport.Transport;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The outboxes of peers of one kind, each made when it is needed and closed when it is empty for a
 * while or its peer cannot be reached.
 *
 * <p>When a message was given up, what waits behind it is given up too and the owner hears of each:
 * the next message begins a new outbox. Used by the thread of the farm's loop alone.
 */
final class Correspondence {
  private static final int SWEEP_AT_LEAST = 64;

  private final Transport transport;
  private final Supplier<RetryPolicy> policy;
  private final Teller teller;
  private final Map<Endpoint, Box> boxes = new HashMap<>();
  private int sweepAt = SWEEP_AT_LEAST;

  /** Who is told what became of messages; called on event loops. */
  interface Teller {
    void sent(Endpoint to, Outbox.Entry entry);

    /** A message arrived and the peer declined it: it is there, and hears what comes next. */
    void refused(Endpoint to, Outbox.Entry entry, RefusedException refusal);

    /**
     * A message was given up.
     *
     * @param first whether this is the one that was tried; the others waited behind it
     */
    void failed(Endpoint to, Outbox.Entry entry, TasException cause, boolean first);
  }

  Correspondence(Transport transport, Supplier<RetryPolicy> policy, Teller teller) {
    this.transport = transport;
    this.policy = policy;
    this.teller = teller;
  }

  /** The outbox to a peer, for one message to be added at once. */
  Outbox to(Endpoint peer) {
    Box box = boxes.get(peer);
    if (box == null || box.isBroken()) {
      sweep();
      box = new Box(peer);
      boxes.put(peer, box);
    }
    return box.outbox;
  }

  /** How many outboxes there are. */
  int size() {
    return boxes.size();
  }

  /** Gives up all that waits. */
  void close() {
    boxes.values().forEach(box -> box.outbox.close());
    boxes.clear();
  }

  /** Empty outboxes cannot be added to meanwhile: only this thread adds. */
  private void sweep() {
    if (boxes.size() < sweepAt) {
      return;
    }
    boxes.values().removeIf(Box::isDone);
    sweepAt = Math.max(SWEEP_AT_LEAST, 2 * boxes.size());
  }

  private final class Box implements Outbox.Owner {
    private final Endpoint peer;
    private final AtomicBoolean broken = new AtomicBoolean();
    private final Outbox outbox;

    private Box(Endpoint peer) {
      this.peer = peer;
      this.outbox = transport.outbox(peer, policy.get(), this);
    }

    @Override
    public void onSent(Outbox.Entry entry) {
      teller.sent(peer, entry);
    }

    @Override
    public Outbox.AfterFailure onFailed(Outbox.Entry entry, TasException cause) {
      if (cause instanceof RefusedException refusal) {
        teller.refused(peer, entry, refusal);
        return Outbox.AfterFailure.GO_ON;
      }
      boolean first = broken.compareAndSet(false, true);
      teller.failed(peer, entry, cause, first);
      if (first) {
        outbox.close();
      }
      return Outbox.AfterFailure.STOP;
    }

    private boolean isBroken() {
      return broken.get();
    }

    private boolean isDone() {
      if (outbox.size() > 0 && !isBroken()) {
        return false;
      }
      outbox.close();
      return true;
    }
  }
}
