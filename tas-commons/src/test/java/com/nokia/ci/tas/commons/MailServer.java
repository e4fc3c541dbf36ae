package com.nokia.ci.tas.commons;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A mail server for tests: takes mails over SMTP (RFC 5321) and keeps them. */
public final class MailServer implements AutoCloseable {
  private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  private final BlockingQueue<String> mails = new LinkedBlockingQueue<>();

  /** A server on a port of its own. */
  public MailServer() throws IOException {
    var thread = new Thread(this::serve, "mail-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** {@code host:port}. */
  public String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /** The next mail, as it came. */
  public String next() throws InterruptedException {
    String mail = mails.poll(60, TimeUnit.SECONDS);
    if (mail == null) {
      throw new AssertionError("no mail came");
    }
    return mail;
  }

  /** Whether none has come that was not asked for. */
  public boolean hasNone() {
    return mails.isEmpty();
  }

  private void serve() {
    boolean isServing = true;
    while (isServing) {
      try (Socket peer = socket.accept()) {
        converse(peer);
      } catch (IOException e) {
        isServing = !socket.isClosed(); // else it was the peer that went
      }
    }
  }

  private void converse(Socket peer) throws IOException {
    var in =
        new BufferedReader(new InputStreamReader(peer.getInputStream(), StandardCharsets.UTF_8));
    say(peer, "220 mail.example.org ready");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String verb = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
      switch (verb) {
        case "RCPT" ->
            say(peer, line.contains("nobody@") ? "550 no such user here" : "250 accepted");
        case "DATA" -> {
          say(peer, "354 go on");
          mails.add(content(in));
          say(peer, "250 taken");
        }
        case "QUIT" -> {
          say(peer, "221 bye");
          return;
        }
        default -> say(peer, "250 mail.example.org");
      }
    }
  }

  private static String content(BufferedReader in) throws IOException {
    var content = new StringBuilder();
    for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
      content.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
    }
    return content.toString();
  }

  private static void say(Socket peer, String line) throws IOException {
    peer.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    peer.getOutputStream().flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
