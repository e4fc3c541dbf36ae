package com.nokia.ci.tas.samples.flood;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * So many connections a second, each of which says one bad thing at once and is left to the farm to
 * close.
 */
public final class Volleys implements Flood {
  private static final int LINGERING = 2_000;
  private static final String MESSAGE = "<?xml version=\"1.0\"?>\n<message><type>";

  private final String name;
  private final List<byte[]> shots;
  private final int aSecond;
  private final Sources sources;
  private final int port;
  private final Deque<SocketChannel> open = new ArrayDeque<>();
  private final FloodThread thread;
  private final AtomicLong made = new AtomicLong();

  private Volleys(String name, List<byte[]> shots, int aSecond, Sources sources, int port) {
    this.name = name;
    this.shots = shots;
    this.aSecond = aSecond;
    this.sources = sources;
    this.port = port;
    this.thread = new FloodThread(name, this::run);
    thread.start();
  }

  /** Messages that are none: noise, half ones, wrong ones, ones that would be costly. */
  public static Volleys ofGarbage(int aSecond, Sources sources, int port) {
    byte[] noise = new byte[2_000];
    new Random(1).nextBytes(noise);
    return new Volleys(
        "messages of garbage a second",
        List.of(
            noise,
            bytes("hello\n"),
            bytes(MESSAGE + "coffee-operation</type></message>\n"),
            bytes(MESSAGE + "<a>".repeat(600) + "</message>\n"),
            bytes("<!DOCTYPE m [<!ENTITY a \"b\">]><message>&a;</message>\n"),
            bytes("<message></></message>\n"),
            bytes("GET /" + "x".repeat(5_000) + " HTTP/1.1\r\n\r\n"),
            bytes("POST /api HTTP/1.1\r\ncontent-length: -5\r\n\r\n"),
            bytes(MESSAGE + "test-operation</type>" + "<x> & </y>".repeat(300) + "</message>\n")),
        aSecond,
        sources,
        port);
  }

  /** Offers of sessions with tokens that nobody gave out. */
  public static Volleys ofLogIns(int aSecond, Sources sources, int port) {
    return new Volleys(
        "log-ins with a wrong token a second",
        List.of(
            bytes(
                MESSAGE
                    + "registry-operation</type><sender><hostname>localhost</hostname><port>9"
                    + "</port></sender><envelope><operation>register</operation><remote>client"
                    + "</remote><session>1 instance=5d0c9f2e8a4b4c7e9d1f3a2b1c0d9e8f"
                    + " token=wrong</session></envelope></message>\n")),
        aSecond,
        sources,
        port);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String name() {
    return aSecond
        + " "
        + name
        + (sources.addresses().size() > 1
            ? " from " + sources.addresses().size() + " addresses"
            : "");
  }

  @Override
  public long connections() {
    return made.get();
  }

  private void run() {
    long begin = System.nanoTime();
    while (!thread.isOver()) {
      long due = begin + made.get() * TimeUnit.SECONDS.toNanos(1) / aSecond;
      long wait = due - System.nanoTime();
      if (wait > 0) {
        LockSupport.parkNanos(wait);
      } else {
        shoot();
      }
    }
    while (!open.isEmpty()) {
      FloodThread.end(open.poll());
    }
  }

  private void shoot() {
    long n = made.getAndIncrement();
    try {
      SocketChannel channel = sources.connect(n, port);
      open.add(channel);
      if (channel.finishConnect()) {
        channel.write(ByteBuffer.wrap(shots.get((int) (n % shots.size()))));
      }
      if (open.size() > LINGERING) {
        FloodThread.end(open.poll());
      }
    } catch (IOException e) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1)); // no room for the moment
    }
  }

  @Override
  public void close() {
    thread.close();
  }
}
