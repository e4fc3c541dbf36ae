package com.nokia.ci.tas.samples.endtoend;

import com.nokia.ci.tas.samples.farm.Patience;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An issuer of tests that knows nothing but the guide and TCP: it writes XML by hand, one message a
 * connection, and listens for answers. None of the project's own code is used, so that the wire is
 * seen as a stranger sees it.
 */
final class PlainPeer implements AutoCloseable {
  private static final Pattern END = Pattern.compile("</message>\r?\n?");

  /** A message as it came: its XML, and the bytes behind it. */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
  record Received(String xml, byte[] bytes) {
    String operation() {
      return leaf("operation");
    }

    String status() {
      return leaf("status");
    }

    String fileName() {
      return leaf("name");
    }

    String type() {
      return leaf("type");
    }

    /** The first value of an element, empty when there is none. */
    String leaf(String element) {
      Matcher matcher = Pattern.compile("<" + element + ">([^<]*)</" + element + ">").matcher(xml);
      return matcher.find() ? matcher.group(1) : "";
    }
  }

  private final ServerSocket listener;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();

  PlainPeer() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    var thread = new Thread(this::listen, "test-plain-peer");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Offers a file: whoever asks with {@code get} has it sent. */
  void offer(String name, byte[] content) {
    files.put(name, content);
  }

  List<Received> received() {
    return List.copyOf(received);
  }

  /** Waits for a test operation that tells this status. */
  Received untilStatus(String id, String status) throws Exception {
    return Patience.until(
        "test " + id + " becomes " + status + "; so far:\n" + described(),
        () ->
            received.stream()
                .filter(m -> m.type().equals("test-operation"))
                .filter(m -> m.leaf("id").equals(id) && m.status().equals(status))
                .findFirst());
  }

  String described() {
    var text = new StringBuilder();
    received.forEach(
        m ->
            text.append(m.type())
                .append(' ')
                .append(m.operation())
                .append(' ')
                .append(m.status())
                .append(' ')
                .append(m.leaf("status-details"))
                .append('\n'));
    return text.toString();
  }

  /** Sends bytes on a connection of their own and closes it. */
  static void send(int port, byte[] bytes) throws IOException {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 60_000);
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    }
  }

  static void send(int port, String text) throws IOException {
    send(port, text.getBytes(StandardCharsets.UTF_8));
  }

  private void listen() {
    while (!listener.isClosed()) {
      try (Socket socket = listener.accept()) {
        socket.setSoTimeout(60_000);
        var all = new ByteArrayOutputStream();
        socket.getInputStream().transferTo(all);
        take(all.toByteArray());
      } catch (IOException e) {
        if (!listener.isClosed()) {
          received.add(
              new Received(
                  "<type>broken</type><status-details>" + e + "</status-details>", new byte[0]));
        }
      }
    }
  }

  private void take(byte[] bytes) throws IOException {
    if (bytes.length == 0) {
      return; // somebody looked whether this peer is still there
    }
    String latin = new String(bytes, StandardCharsets.ISO_8859_1);
    Matcher end = END.matcher(latin);
    if (!end.find()) {
      received.add(new Received(latin, new byte[0]));
      return;
    }
    byte[] head = java.util.Arrays.copyOf(bytes, end.end());
    byte[] tail = java.util.Arrays.copyOfRange(bytes, end.end(), bytes.length);
    var message = new Received(new String(head, StandardCharsets.UTF_8), tail);
    received.add(message);
    if (message.type().equals("file-operation") && message.operation().equals("get")) {
      answer(message);
    }
  }

  private void answer(Received get) throws IOException {
    byte[] content = files.get(get.fileName());
    Matcher sender =
        Pattern.compile("<sender>\\s*<hostname>([^<]*)</hostname>\\s*<port>(\\d+)</port>")
            .matcher(get.xml());
    if (!sender.find()) {
      throw new IOException("a get without a sender");
    }
    String answer =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<message><type>file-operation</type>"
            + "<sender><hostname>localhost</hostname><port>"
            + port()
            + "</port></sender>"
            + "<receiver><hostname>"
            + sender.group(1)
            + "</hostname><port>"
            + sender.group(2)
            + "</port></receiver>"
            + "<envelope><operation>"
            + (content == null ? "abort" : "put")
            + "</operation><test><id>"
            + get.leaf("id")
            + "</id></test><file><name>"
            + get.fileName()
            + "</name><size>"
            + (content == null ? -1 : content.length)
            + "</size></file></envelope></message>\n";
    var bytes = new ByteArrayOutputStream();
    bytes.write(answer.getBytes(StandardCharsets.UTF_8));
    if (content != null) {
      bytes.write(content);
    }
    send(Integer.parseInt(sender.group(2)), bytes.toByteArray());
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
