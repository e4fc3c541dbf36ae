package com.nokia.ci.tas.ciproxy.detector.ios;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What the programs of libimobiledevice talk to: a usbmuxd that lists made-up devices, and behind
 * it each device's answers to those who have not paired.
 */
final class FakeUsbmuxd implements AutoCloseable {
  private static final int VERSION = 1;
  private static final int PLIST = 8;

  private final ServerSocket listener;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final List<String> udids = new CopyOnWriteArrayList<>();
  private final Map<String, String> told;

  private record Request(int tag, String text) {}

  /**
   * Listens on a free port of this machine.
   *
   * @param told what each device tells of itself
   */
  FakeUsbmuxd(Map<String, String> told) throws IOException {
    this.told = new TreeMap<>(told);
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    thread(this::accept);
  }

  /** For {@code USBMUXD_SOCKET_ADDRESS}. */
  String address() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  void plug(String udid) {
    udids.add(udid);
  }

  void unplug(String udid) {
    udids.remove(udid);
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        connections.add(socket);
        thread(() -> serve(socket));
      }
    } catch (IOException e) {
      connections.clear();
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = new DataInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      while (true) {
        Request request = request(in);
        if (request.text().contains("<string>Connect</string>")) {
          answer(out, request, result(0));
          serveDevice(in, out);
        } else if (request.text().contains("<string>ListDevices</string>")) {
          answer(out, request, dictionary("DeviceList", list()));
        } else {
          answer(out, request, result(1));
        }
      }
    } catch (IOException e) {
      connections.remove(socket);
    }
  }

  private String list() {
    var list = new StringBuilder("<array>");
    for (var udid : udids) {
      String number = "<integer>" + (udids.indexOf(udid) + 1) + "</integer>";
      String properties =
          dictionary(
              "ConnectionType", "<string>USB</string>",
              "DeviceID", number,
              "LocationID", "<integer>1</integer>",
              "ProductID", "<integer>4776</integer>",
              "SerialNumber", "<string>" + udid + "</string>");
      list.append(
          dictionary(
              "DeviceID", number,
              "MessageType", "<string>Attached</string>",
              "Properties", properties));
    }
    return list.append("</array>").toString();
  }

  /** From here on the device itself speaks: a length and a property list, in both directions. */
  private void serveDevice(DataInputStream in, OutputStream out) throws IOException {
    while (true) {
      byte[] bytes = new byte[in.readInt()];
      in.readFully(bytes);
      String request = new String(bytes, StandardCharsets.UTF_8);
      String value =
          request.contains("BatteryCurrentCapacity") ? "<integer>85</integer>" : allValues();
      byte[] answer =
          plist(
              dictionary(
                  "Request", "<string>GetValue</string>",
                  "Result", "<string>Success</string>",
                  "Value", value));
      out.write(ByteBuffer.allocate(4 + answer.length).putInt(answer.length).put(answer).array());
      out.flush();
    }
  }

  private String allValues() {
    var values = new StringBuilder("<dict>");
    told.forEach(
        (name, value) -> values.append("<key>%s</key><string>%s</string>".formatted(name, value)));
    values.append("<key>NonVolatileRAM</key><dict><key>SerialNumber</key><string>inside</string>");
    return values.append("</dict></dict>").toString();
  }

  private static Request request(DataInputStream in) throws IOException {
    byte[] header = new byte[16];
    in.readFully(header);
    var fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    byte[] text = new byte[fields.getInt(0) - header.length];
    in.readFully(text);
    return new Request(fields.getInt(12), new String(text, StandardCharsets.UTF_8));
  }

  private static void answer(OutputStream out, Request request, String body) throws IOException {
    byte[] bytes = plist(body);
    var packet = ByteBuffer.allocate(16 + bytes.length).order(ByteOrder.LITTLE_ENDIAN);
    packet.putInt(16 + bytes.length).putInt(VERSION).putInt(PLIST).putInt(request.tag());
    out.write(packet.put(bytes).array());
    out.flush();
  }

  private static String result(int number) {
    return dictionary(
        "MessageType", "<string>Result</string>", "Number", "<integer>" + number + "</integer>");
  }

  private static String dictionary(String... keysAndValues) {
    var dictionary = new StringBuilder("<dict>");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      dictionary.append("<key>").append(keysAndValues[i]).append("</key>");
      dictionary.append(keysAndValues[i + 1]);
    }
    return dictionary.append("</dict>").toString();
  }

  private static byte[] plist(String body) {
    return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\">"
            + body
            + "</plist>\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void thread(Runnable task) {
    var thread = new Thread(task, "fake-usbmuxd");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (var it : connections) {
      it.close();
    }
  }
}
