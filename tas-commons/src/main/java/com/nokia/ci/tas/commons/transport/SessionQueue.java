package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.session.Frame;
import com.nokia.ci.tas.commons.session.FrameType;
import com.nokia.ci.tas.commons.session.Unacknowledged;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/**
 * What one side says on a session, from {@link #send} until the other has acknowledged it: waits,
 * is written in order as fast as the connection takes it, and is written again on the next one.
 *
 * <p>Belongs to one event loop; other threads send. Bounded by {@link Caps} like an outbox.
 */
final class SessionQueue {
  private final Endpoint peer;
  private final EventLoop loop;
  private final Room room;
  private final Unacknowledged<Outbound> numbered = new Unacknowledged<>();
  private final Deque<Outbound> waiting = new ArrayDeque<>();
  private Optional<SessionLink> link = Optional.empty();
  private Optional<TasException> over = Optional.empty();

  SessionQueue(Endpoint peer, EventLoop loop, Caps caps) {
    this.peer = peer;
    this.loop = loop;
    this.room = new Room(caps);
  }

  /** A message on its way out. */
  private record Outbound(byte[] xml, CompletableFuture<Void> done) {}

  /**
   * Adds a message; any thread may call.
   *
   * @return completes when the peer has taken it
   */
  CompletableFuture<Void> send(byte[] xml) {
    if (xml.length > FrameType.LONGEST_MESSAGE) {
      return CompletableFuture.failedFuture(
          new TasException(
              "a message of "
                  + xml.length
                  + " bytes is longer than the "
                  + FrameType.LONGEST_MESSAGE
                  + " that "
                  + peer
                  + " takes"));
    }
    if (!room.take(xml.length)) {
      return CompletableFuture.failedFuture(
          new TasException("too much waits for " + peer + ": " + room));
    }
    var message = new Outbound(xml, new CompletableFuture<>());
    message.done().whenComplete((nothing, failure) -> settled(message));
    try {
      loop.execute(() -> add(message));
    } catch (RejectedExecutionException e) {
      message
          .done()
          .completeExceptionally(new ConnectionLostException("this program is ending", e));
    }
    return message.done();
  }

  private void settled(Outbound message) {
    room.giveBack(message.xml().length);
    if (message.done().isCancelled()) {
      loop.execute(() -> waiting.remove(message));
    }
  }

  private void add(Outbound message) {
    if (over.isPresent()) {
      message.done().completeExceptionally(over.get());
      return;
    }
    waiting.add(message);
    pump();
  }

  /** Writes as long as the connection takes bytes; a message gets its number when it is written. */
  void pump() {
    while (link.isPresent() && link.get().isWritable()) {
      Optional<Unacknowledged.Numbered<Outbound>> next = numbered.next();
      if (next.isPresent()) {
        link.get().write(new Frame.Message(next.get().number(), next.get().message().xml()));
      } else if (waiting.isEmpty()) {
        return;
      } else {
        Outbound message = waiting.remove();
        if (!message.done().isDone()) {
          numbered.add(message);
        }
      }
    }
  }

  /** A connection stands; what waits goes there. */
  void connected(SessionLink connection) {
    link = Optional.of(connection);
    pump();
  }

  /** The connection is gone. */
  void lost() {
    link = Optional.empty();
    numbered.unwritten();
  }

  /**
   * The session goes on over another connection.
   *
   * @param received the number of the last message that the peer has taken
   * @throws com.nokia.ci.tas.commons.model.ProtocolException when it cannot have got that one
   */
  void resume(long received) {
    numbered.resumed(received).forEach(SessionQueue::taken);
  }

  /** The peer knows nothing of the session: what it has not acknowledged is said again. */
  void renumber() {
    numbered.renumber();
  }

  /** The peer has taken all up to a number. */
  void acknowledged(long number) {
    numbered.acknowledged(number).forEach(SessionQueue::taken);
  }

  /** The peer has declined one message, and taken all before it. */
  void refused(Frame.Refusal refusal) {
    List<Outbound> answered = numbered.acknowledged(refusal.number());
    if (!answered.isEmpty()) {
      int last = answered.size() - 1;
      answered.subList(0, last).forEach(SessionQueue::taken);
      var why = new RefusedException(peer + " refused: " + SafeName.shown(refusal.sentence()));
      answered.get(last).done().completeExceptionally(why);
    }
  }

  /** What waits fails, and so does what is sent from now on. */
  void end(TasException why) {
    over = Optional.of(why);
    link = Optional.empty();
    List<Outbound> all = new ArrayList<>(numbered.clear());
    all.addAll(waiting);
    waiting.clear();
    all.forEach(message -> message.done().completeExceptionally(why));
  }

  private static void taken(Outbound message) {
    message.done().complete(null);
  }
}
