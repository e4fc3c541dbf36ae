package com.nokia.ci.tas.commons.session;

import com.nokia.ci.tas.commons.model.ProtocolException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What one side of a session has said and the other has not acknowledged, with the numbers it has
 * (docs/session.md, section 4). It tells what to write next, on this connection and again on the
 * next one. For one thread at a time; the bound is whoever adds.
 *
 * @param <T> a message
 */
public final class Unacknowledged<T> {

  /** A message and its number. */
  public record Numbered<T>(long number, T message) {}

  private final Deque<Numbered<T>> written = new ArrayDeque<>();
  private final Deque<Numbered<T>> unwritten = new ArrayDeque<>();
  private long last;

  /** Gives a message the next number; it is to be written behind all others. */
  public void add(T message) {
    last++;
    unwritten.add(new Numbered<>(last, message));
  }

  /** The next message to write on this connection, which counts as written from now on. */
  public Optional<Numbered<T>> next() {
    Optional<Numbered<T>> next = Optional.ofNullable(unwritten.poll());
    next.ifPresent(written::add);
    return next;
  }

  /**
   * The other side has taken all messages up to a number.
   *
   * @return those it had not acknowledged before, in order
   * @throws ProtocolException when it cannot have got that one
   */
  public List<T> acknowledged(long number) {
    if (number > last - unwritten.size()) {
      throw new ProtocolException(
          "message " + number + " is acknowledged, " + (last - unwritten.size()) + " were sent");
    }
    List<T> taken = new ArrayList<>();
    while (!written.isEmpty() && written.peek().number() <= number) {
      taken.add(written.remove().message());
    }
    return taken;
  }

  /** The connection is gone: all is to be written again. */
  public void unwritten() {
    while (!written.isEmpty()) {
      unwritten.addFirst(written.removeLast());
    }
  }

  /**
   * The session goes on over another connection, on which nothing was written yet.
   *
   * @param received the number of the last message that the other side has taken
   * @return those it had not acknowledged before, in order
   * @throws ProtocolException when it cannot have got that one
   */
  public List<T> resumed(long received) {
    unwritten();
    if (received > last) {
      throw new ProtocolException(
          "message " + received + " is said to be received, " + last + " were sent");
    }
    List<T> taken = new ArrayList<>();
    while (!unwritten.isEmpty() && unwritten.peek().number() <= received) {
      taken.add(unwritten.remove().message());
    }
    return taken;
  }

  /** The other side knows nothing of the session: what it did not acknowledge begins with 1. */
  public void renumber() {
    unwritten();
    List<Numbered<T>> waiting = List.copyOf(unwritten);
    unwritten.clear();
    last = 0;
    waiting.forEach(each -> add(each.message()));
  }

  /** Takes all messages out; the next one has number 1. */
  public List<T> clear() {
    unwritten();
    List<T> all = unwritten.stream().map(Numbered::message).toList();
    unwritten.clear();
    last = 0;
    return all;
  }

  /** How many wait to be acknowledged. */
  public int size() {
    return written.size() + unwritten.size();
  }
}
