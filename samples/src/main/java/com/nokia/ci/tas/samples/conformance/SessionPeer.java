package com.nokia.ci.tas.samples.conformance;

import com.nokia.ci.tas.samples.conformance.SessionLine.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * A peer that keeps a session with this side, which is the acceptor: what it says goes to the
 * mailbox, files with their octets, as plain messages do. Numbers go on over several connections.
 */
final class SessionPeer implements AutoCloseable {
  /** Files up to here are sent without waiting for an answer. */
  static final int SMALL = 65_536;

  private static final int CREDIT = 1 << 20;
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final int BEAT = 2_000;
  private static final int SILENCE = 6_000;

  private final Mailbox mailbox;
  private final Duration patience;
  private final String session = Kit.hex(8);
  private final String key = Kit.hex(16);
  private final Map<Integer, Arriving> arriving = new HashMap<>();
  private final Set<Integer> done = new HashSet<>();
  private Optional<SessionLine> line = Optional.empty();
  private Optional<String> trouble = Optional.empty();
  private long taken;
  private long said;
  private long acknowledged;
  private int nextStream = 2;
  private boolean hasBeaten;

  private record Arriving(byte[] xml, ByteArrayOutputStream octets) {}

  SessionPeer(Mailbox mailbox, Duration patience) {
    this.mailbox = mailbox;
    this.patience = patience;
  }

  /** What the offer of this session's next connection has to say, if it is to go on. */
  String resumption() {
    return session + ":" + key;
  }

  /** The number of the last message of this side. */
  synchronized long said() {
    return said;
  }

  /** Answers an offer and listens to the connection from now on. */
  synchronized void welcome(SessionLine connection, Address you, boolean resumed)
      throws IOException {
    line = Optional.of(connection);
    trouble = Optional.empty();
    hasBeaten = false;
    arriving.clear();
    nextStream = 2;
    connection.send(
        SessionLine.WELCOME,
        """
        session=%s
        key=%s
        resumed=%s
        received=%d
        you=%s
        acceptor=%s
        beat=%d
        silence=%d
        retention=600000
        new-key=1
        """
            .formatted(session, key, resumed ? "yes" : "no", taken, you, Kit.hex(16), BEAT, SILENCE)
            .getBytes(StandardCharsets.UTF_8));
    connection.send(0x91, new byte[] {1});
    var reader = new Thread(() -> listen(connection), "kit-session");
    reader.setDaemon(true);
    reader.start();
    var beats = new Thread(() -> beat(connection), "kit-beats");
    beats.setDaemon(true);
    beats.start();
  }

  /**
   * Takes the next offer. One that was taken too late for the peer, which then took this side for a
   * plain one, is followed by another.
   */
  Registrations.Offer take(Registrations registrations, boolean resumed)
      throws InterruptedException {
    while (true) {
      Registrations.Offer offer = registrations.awaitOffer();
      Address you = offer.registration().sender();
      try {
        welcome(new SessionLine(offer.socket(), patience).behindRegistration(), you, resumed);
        untilBeat();
        return offer;
      } catch (IOException | BrokenClaim tooLate) {
        if (!registrations.isOffered(patience)) {
          throw new BrokenClaim(
              "it does not go on after WELCOME: " + tooLate.getMessage(), tooLate);
        }
      }
    }
  }

  /** Says a message and waits until it is acknowledged. */
  void say(String xml) throws IOException, InterruptedException {
    long number;
    synchronized (this) {
      number = ++said;
      standing().sendMessage(number, xml);
    }
    until("the acknowledgement of message " + number, () -> acknowledged >= number);
  }

  /** Sends a small file and waits until it is stored. */
  void put(String xml, byte[] file) throws IOException, InterruptedException {
    int stream;
    synchronized (this) {
      stream = nextStream;
      nextStream += 2;
      SessionLine connection = standing();
      connection.send(
          SessionLine.OPEN, SessionLine.stream(stream), xml.getBytes(StandardCharsets.UTF_8));
      connection.send(SessionLine.DATA, SessionLine.stream(stream), file);
      connection.send(SessionLine.END, SessionLine.stream(stream), SessionLine.digest(file));
    }
    until("DONE of the file", () -> done.contains(stream));
  }

  private void untilBeat() throws InterruptedException {
    until("a beat", () -> hasBeaten);
  }

  /** Ends the session for good. */
  synchronized void bye() throws IOException {
    standing().send(SessionLine.BYE, new byte[0]);
    close();
  }

  /** Ends the connection as a network does. */
  synchronized void cut() {
    line.ifPresent(SessionLine::close);
    line = Optional.empty();
  }

  private SessionLine standing() {
    return line.orElseThrow(() -> new BrokenClaim("the peer has closed the connection"));
  }

  private synchronized void until(String what, BooleanSupplier isSo) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (!isSo.getAsBoolean()) {
      if (trouble.isPresent()) {
        throw new BrokenClaim(trouble.get());
      }
      long left = end - System.nanoTime();
      if (left <= 0) {
        throw new BrokenClaim("within " + patience.toSeconds() + " s there was no " + what);
      }
      wait(Math.max(1, left / 1_000_000));
    }
  }

  private void listen(SessionLine connection) {
    try {
      for (Optional<Frame> frame = connection.next(LONG);
          frame.isPresent();
          frame = connection.next(LONG)) {
        take(frame.get(), connection);
      }
    } catch (IOException | BrokenClaim e) {
      tell(connection, e.getMessage());
    }
    tell(connection, "the peer has closed the connection");
  }

  private synchronized void tell(SessionLine connection, String sentence) {
    if (line.filter(it -> it == connection).isPresent()) {
      line = Optional.empty();
      trouble = Optional.of(sentence);
      mailbox.trouble(sentence);
      notifyAll();
    }
  }

  private void beat(SessionLine connection) {
    try {
      while (true) {
        synchronized (this) {
          if (line.filter(it -> it == connection).isEmpty()) {
            return;
          }
          connection.send(SessionLine.BEAT);
          wait(BEAT / 2);
        }
      }
    } catch (IOException e) {
      tell(connection, "a beat cannot be sent: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void take(Frame frame, SessionLine connection) throws IOException {
    switch (frame.type()) {
      case SessionLine.BEAT -> hasBeaten = true;
      case SessionLine.ACK -> acknowledged = Math.max(acknowledged, frame.number());
      case SessionLine.MESSAGE -> message(frame, connection);
      case SessionLine.OPEN -> {
        int stream = frame.stream();
        BrokenClaim.unless(stream % 2 == 1, "a connector opens stream " + stream);
        arriving.put(stream, new Arriving(frame.behind(4), new ByteArrayOutputStream()));
        connection.send(
            SessionLine.ACCEPT,
            SessionLine.stream(stream),
            SessionLine.number(0),
            SessionLine.stream(CREDIT));
      }
      case SessionLine.DATA -> {
        arrivingOn(frame).octets().writeBytes(frame.behind(4));
        connection.send(
            SessionLine.CREDIT,
            SessionLine.stream(frame.stream()),
            SessionLine.stream(frame.payload().length - 4));
      }
      case SessionLine.END -> end(frame, connection);
      case SessionLine.DONE -> done.add(frame.stream());
      case SessionLine.ACCEPT ->
          BrokenClaim.unless(
              ByteBuffer.wrap(frame.payload()).getLong(4) == 0,
              "a small file is accepted from another octet than the first");
      case SessionLine.RESET, SessionLine.REFUSAL ->
          throw new BrokenClaim(
              "the peer declines: " + new String(frame.payload(), StandardCharsets.UTF_8).strip());
      default -> mailbox.trouble(frame.toString());
    }
    notifyAll();
  }

  private Arriving arrivingOn(Frame frame) {
    Arriving file = arriving.get(frame.stream());
    BrokenClaim.unless(file != null, "stream " + frame.stream() + " was never opened");
    return file;
  }

  private void message(Frame frame, SessionLine connection) throws IOException {
    BrokenClaim.unless(
        frame.number() <= taken + 1, "message " + frame.number() + " comes after message " + taken);
    if (frame.number() == taken + 1) {
      taken++;
      mailbox.add(frame.spoken());
    }
    connection.send(SessionLine.ACK, SessionLine.number(taken));
  }

  private void end(Frame frame, SessionLine connection) throws IOException {
    Arriving file = arrivingOn(frame);
    byte[] octets = file.octets().toByteArray();
    BrokenClaim.unless(
        Arrays.equals(frame.behind(4), SessionLine.digest(octets)),
        "the digest in END is not the one of the file");
    mailbox.add(Spoken.of(file.xml(), octets));
    connection.send(SessionLine.DONE, SessionLine.stream(frame.stream()));
  }

  @Override
  public synchronized void close() {
    line.ifPresent(SessionLine::close);
    line = Optional.empty();
    notifyAll();
  }
}
