package com.nokia.ci.tas.ciproxy.detector;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A device in the eyes of a real adb server, which connects to it over TCP: it presents itself and
 * prints what it is told for shell commands. Speaks adb's transport protocol without
 * authentication.
 */
final class FakeAdbDevice implements AutoCloseable {
  private static final int CNXN = 0x4e584e43;
  private static final int OPEN = 0x4e45504f;
  private static final int OKAY = 0x59414b4f;
  private static final int CLSE = 0x45534c43;
  private static final int WRTE = 0x45545257;
  private static final int VERSION = 0x01000000;
  private static final int LARGEST = 4096;
  private static final int OUR_ID = 77;

  private final Map<String, String> outputs;
  private final ServerSocket listener;
  private final Set<Closeable> open = ConcurrentHashMap.newKeySet();

  private record Packet(int command, int first, String text) {}

  /**
   * A device that waits to be connected to.
   *
   * @param outputs what it prints for each command
   */
  FakeAdbDevice(Map<String, String> outputs) throws IOException {
    this.outputs = Map.copyOf(outputs);
    listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    open.add(listener);
    var acceptor = new Thread(this::accept, "fake-adb-device");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  /** What adb calls it. */
  String serial() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        open.add(socket);
        var server = new Thread(() -> serve(socket), "fake-adb-device-connection");
        server.setDaemon(true);
        server.start();
      }
    } catch (IOException e) {
      // The listener was closed: the device is unplugged.
      open.remove(listener);
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = new DataInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      while (true) {
        answer(read(in), out);
      }
    } catch (IOException e) {
      open.remove(socket);
    }
  }

  private void answer(Packet packet, OutputStream out) throws IOException {
    switch (packet.command()) {
      case CNXN -> write(out, CNXN, VERSION, LARGEST, bytes("device::ro.product.name=fake;"));
      case OPEN -> {
        String service = packet.text().replace("\0", "");
        String output = outputs.getOrDefault(service.replaceFirst("^shell:", ""), "");
        write(out, OKAY, OUR_ID, packet.first(), new byte[0]);
        if (!output.isEmpty()) {
          write(out, WRTE, OUR_ID, packet.first(), bytes(output));
        }
        write(out, CLSE, OUR_ID, packet.first(), new byte[0]);
      }
      default -> {}
    }
  }

  private static Packet read(DataInputStream in) throws IOException {
    byte[] header = new byte[24];
    in.readFully(header);
    var fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    int command = fields.getInt();
    int first = fields.getInt();
    fields.getInt();
    byte[] data = new byte[fields.getInt()];
    in.readFully(data);
    return new Packet(command, first, new String(data, StandardCharsets.UTF_8));
  }

  private static void write(OutputStream out, int command, int first, int second, byte[] data)
      throws IOException {
    int sum = 0;
    for (byte b : data) {
      sum += b & 0xff;
    }
    var packet = ByteBuffer.allocate(24 + data.length).order(ByteOrder.LITTLE_ENDIAN);
    packet.putInt(command).putInt(first).putInt(second).putInt(data.length).putInt(sum);
    packet.putInt(~command).put(data);
    out.write(packet.array());
    out.flush();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Unplugs the device. */
  @Override
  public void close() throws IOException {
    for (var it : open) {
      it.close();
    }
  }
}
