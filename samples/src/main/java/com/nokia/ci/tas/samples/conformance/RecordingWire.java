package com.nokia.ci.tas.samples.conformance;

import com.nokia.ci.tas.samples.conformance.SessionLine.Frame;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port of this machine that passes connections on to a service and writes down what programs say
 * in their sessions, and what they had heard before. Any thread may call.
 */
final class RecordingWire implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RecordingWire.class);
  private static final String END = "</message>\n";
  private static final int LONGEST_OFFER = 1 << 20;
  private static final int LONGEST_FRAME = 5 << 20;

  /** What comes and goes by itself, and what follows from how octets were cut. */
  private static final Set<Integer> LEFT_OUT_OF_HEARD =
      Set.of(
          SessionLine.WELCOME,
          SessionLine.BEAT,
          SessionLine.ACK,
          SessionLine.OPEN,
          SessionLine.ACCEPT,
          SessionLine.DATA,
          SessionLine.CREDIT);

  private static final Set<Integer> LEFT_OUT_OF_SAID = Set.of(SessionLine.BEAT, SessionLine.ACK);

  private final Address service;
  private final ServerSocket door;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<Recording> recordings = new CopyOnWriteArrayList<>();

  /** One session, as it is kept. */
  static final class Recording {
    private final List<String> parts = new ArrayList<>();

    private Recording(String offer) {
      parts.add("> offer\n" + offer);
    }

    /** Whether the offer is one of a node, or else of a client. */
    synchronized boolean isOfNode() {
      return parts.get(0).contains("<remote>test-node</remote>");
    }

    /** What was said and heard so far, in the layout of the files that are said again. */
    synchronized String text() {
      return String.join("", parts).replaceAll("<facts>[^<]*</facts>", "<facts></facts>");
    }

    private synchronized void said(Frame frame) {
      if (LEFT_OUT_OF_SAID.contains(frame.type())) {
        return;
      }
      if (frame.type() == SessionLine.MESSAGE) {
        String xml = new String(frame.behind(Long.BYTES), StandardCharsets.UTF_8);
        parts.add("> message " + frame.number() + "\n" + xml + (xml.endsWith("\n") ? "" : "\n"));
      } else {
        parts.add(
            "> frame %02x %s".formatted(frame.type(), HexFormat.of().formatHex(frame.payload()))
                + "\n");
      }
    }

    private synchronized void heard(Frame frame) {
      if (!LEFT_OUT_OF_HEARD.contains(frame.type())) {
        parts.add("< " + frame.name() + "\n");
      }
    }
  }

  /** What is done with each frame that passes. */
  private interface Note {
    void of(Frame frame);
  }

  private interface Work {
    void perform() throws IOException;
  }

  RecordingWire(Address service) throws IOException {
    this.service = service;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    begin(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /** The sessions that were offered, in their order. */
  List<Recording> recordings() {
    return List.copyOf(recordings);
  }

  @Override
  public void close() throws IOException {
    door.close();
    sockets.forEach(PlainPort::close);
  }

  private void accept() throws IOException {
    while (!door.isClosed()) {
      Socket near = door.accept();
      Socket far = PlainPort.connect(service);
      sockets.add(near);
      sockets.add(far);
      begin(() -> converse(near, far));
    }
  }

  private void converse(Socket near, Socket far) throws IOException {
    String offer = message(near);
    far.getOutputStream().write(offer.getBytes(StandardCharsets.UTF_8));
    if (!offer.contains("<session>")) {
      begin(() -> far.getInputStream().transferTo(near.getOutputStream()));
      near.getInputStream().transferTo(far.getOutputStream());
      far.shutdownOutput();
      return;
    }
    var recording = new Recording(offer);
    recordings.add(recording);
    // What was heard is written down before the program has it, and so before its answer.
    begin(() -> pass(far, near, recording::heard));
    pass(near, far, recording::said);
  }

  /** The octets up to the end of the first message. */
  private static String message(Socket from) throws IOException {
    var octets = new ByteArrayOutputStream();
    while (!octets.toString(StandardCharsets.UTF_8).endsWith(END)) {
      int next = from.getInputStream().read();
      if (next < 0 || octets.size() > LONGEST_OFFER) {
        return octets.toString(StandardCharsets.UTF_8);
      }
      octets.write(next);
    }
    return octets.toString(StandardCharsets.UTF_8);
  }

  private static void pass(Socket from, Socket to, Note note) throws IOException {
    var in = new DataInputStream(from.getInputStream());
    var out = new DataOutputStream(to.getOutputStream());
    try {
      while (true) {
        int length = in.readInt();
        if (length < 1 || length > LONGEST_FRAME) {
          throw new IOException("a frame with the length " + length + " came in");
        }
        byte[] octets = new byte[length];
        in.readFully(octets);
        byte[] payload = new byte[length - 1];
        System.arraycopy(octets, 1, payload, 0, payload.length);
        note.of(new Frame(octets[0] & 0xFF, payload));
        out.writeInt(length);
        out.write(octets);
        out.flush();
      }
    } catch (EOFException | SocketException e) {
      PlainPort.close(to); // One side has ended, and so does the other.
    }
  }

  /** A thread that ends with its connection. */
  private static void begin(Work work) {
    var thread =
        new Thread(
            () -> {
              try {
                work.perform();
              } catch (IOException e) {
                LOG.atDebug().setCause(e).log("a recorded connection has ended");
              }
            },
            "tas-recording");
    thread.setDaemon(true);
    thread.start();
  }
}
