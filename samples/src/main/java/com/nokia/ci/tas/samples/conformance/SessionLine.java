package com.nokia.ci.tas.samples.conformance;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** One connection that speaks frames, as {@code docs/session.md} section 3 tells. One thread. */
final class SessionLine implements AutoCloseable {
  static final int WELCOME = 0x01;
  static final int REFUSED = 0x02;
  static final int BEAT = 0x03;
  static final int BYE = 0x04;
  static final int MESSAGE = 0x10;
  static final int ACK = 0x11;
  static final int REFUSAL = 0x12;
  static final int OPEN = 0x20;
  static final int ACCEPT = 0x21;
  static final int DATA = 0x22;
  static final int CREDIT = 0x23;
  static final int END = 0x24;
  static final int DONE = 0x25;
  static final int RESET = 0x26;

  private static final int LONGEST = 5 << 20;

  /**
   * One frame.
   *
   * @param type the octet
   * @param payload all behind it
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
  record Frame(int type, byte[] payload) {
    long number() {
      return ByteBuffer.wrap(payload).getLong();
    }

    int stream() {
      return ByteBuffer.wrap(payload).getInt();
    }

    byte[] behind(int octets) {
      return Arrays.copyOfRange(payload, octets, payload.length);
    }

    Spoken spoken() {
      return Spoken.of(behind(type == OPEN ? Integer.BYTES : Long.BYTES), new byte[0]);
    }

    /** As records of conversations name what was heard: what a message is about, else the type. */
    String name() {
      if (type != MESSAGE) {
        return "frame %02x".formatted(type);
      }
      String xml =
          new String(behind(Long.BYTES), StandardCharsets.UTF_8).replaceAll("\\s*\n\\s*", "");
      return String.join(" ", leaf(xml, "type"), leaf(xml, "operation"), leaf(xml, "status"))
          .strip();
    }

    private static String leaf(String xml, String name) {
      int begin = xml.indexOf("<" + name + ">");
      return begin < 0
          ? ""
          : xml.substring(begin + name.length() + 2, xml.indexOf("</" + name + ">", begin));
    }

    /** The lines of a welcome. */
    Map<String, String> lines() {
      return new String(payload, StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.indexOf('=') > 0)
          .collect(
              Collectors.toMap(
                  line -> line.substring(0, line.indexOf('=')),
                  line -> line.substring(line.indexOf('=') + 1),
                  (first, second) -> second));
    }

    @Override
    public String toString() {
      return "frame 0x%02x with %d octets".formatted(type, payload.length);
    }
  }

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final Duration patience;
  private boolean acknowledges = true;

  SessionLine(Socket socket, Duration patience) throws IOException {
    this.socket = socket;
    this.patience = patience;
    this.in = new DataInputStream(socket.getInputStream());
    this.out = new DataOutputStream(socket.getOutputStream());
  }

  /** Dials and offers a session with a registration. */
  static SessionLine offer(Address to, String registration, Duration patience) throws IOException {
    var line = new SessionLine(PlainPort.connect(to), patience);
    line.out.write(registration.getBytes(StandardCharsets.UTF_8));
    line.out.flush();
    return line;
  }

  /** Takes the line feed behind the registration, once one has come in. */
  SessionLine behindRegistration() throws IOException {
    int next = in.read();
    BrokenClaim.unless(next == '\n', "no line feed follows the registration but " + next);
    return this;
  }

  /** From now on messages are not acknowledged, as if they had been lost on the way. */
  void acknowledgeNoMore() {
    acknowledges = false;
  }

  void send(int type, byte[]... parts) throws IOException {
    int length = 1;
    for (byte[] part : parts) {
      length += part.length;
    }
    out.writeInt(length);
    out.write(type);
    for (byte[] part : parts) {
      out.write(part);
    }
    out.flush();
  }

  void sendMessage(long number, String xml) throws IOException {
    send(MESSAGE, number(number), xml.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends octets as they are. */
  void sendRaw(byte[] octets) throws IOException {
    out.write(octets);
    out.flush();
  }

  static byte[] number(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  static byte[] stream(int stream) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(stream).array();
  }

  static byte[] digest(byte[] file) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(file);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The next frame; empty when the peer has closed. */
  Optional<Frame> next(Duration limit) throws IOException {
    socket.setSoTimeout((int) Math.max(1, limit.toMillis()));
    try {
      int length = in.readInt();
      if (length < 1 || length > LONGEST) {
        throw new BrokenClaim("a frame with the length " + length + " came in");
      }
      int type = in.readUnsignedByte();
      byte[] payload = new byte[length - 1];
      in.readFully(payload);
      return Optional.of(new Frame(type, payload));
    } catch (EOFException | SocketException e) {
      return Optional.empty();
    } catch (SocketTimeoutException e) {
      throw new BrokenClaim("nothing came within " + limit.toMillis() + " ms", e);
    }
  }

  /** The next frame that is wanted; messages that pass by are acknowledged, beats ignored. */
  Frame await(String what, Predicate<Frame> wanted) throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      Duration left = Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
      Optional<Frame> frame;
      try {
        frame = next(left);
      } catch (BrokenClaim e) {
        throw new BrokenClaim("waiting for " + what + ": " + e.getMessage(), e);
      }
      if (frame.isEmpty()) {
        throw new BrokenClaim("waiting for " + what + ": the peer closed the connection");
      }
      if (frame.get().type() == MESSAGE && acknowledges) {
        send(ACK, number(frame.get().number()));
      }
      if (wanted.test(frame.get())) {
        return frame.get();
      }
      if (System.nanoTime() > end) {
        throw new BrokenClaim("waiting for " + what + ": only other frames came");
      }
    }
  }

  Frame await(int type, String what) throws IOException {
    return await(what, frame -> frame.type() == type);
  }

  /** The next message that is wanted. */
  Spoken awaitMessage(String what, Predicate<Spoken> wanted) throws IOException {
    return await(what, frame -> frame.type() == MESSAGE && wanted.test(frame.spoken())).spoken();
  }

  /** Waits until the peer closes; what still comes is not looked at. */
  void awaitClose(String why) throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    while (next(patience).isPresent()) {
      BrokenClaim.unless(System.nanoTime() < end, "the connection goes on after " + why);
    }
  }

  @Override
  public void close() {
    PlainPort.close(socket);
  }
}
