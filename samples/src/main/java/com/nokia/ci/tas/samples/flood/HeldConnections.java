package com.nokia.ci.tas.samples.flood;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Connections that are kept open for as long as the farm lets them, and made again when it does
 * not: each says something at first and then a little every second.
 */
public final class HeldConnections implements Flood {
  private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);
  private static final int SMALL_BUFFER = 2_048;
  private static final int MOST_AT_ONCE = 500;

  /**
   * What such a peer does.
   *
   * @param name what it is, as it stands in a table
   * @param first what it says at once
   * @param drip what it says every second from then on
   * @param reads whether it takes what the farm says
   */
  public record Habit(String name, String first, String drip, boolean reads) {
    /** Connects and says nothing. */
    public static Habit halfOpen() {
      return new Habit("half-open connections", "", "", true);
    }

    /** Says a message letter by letter. */
    public static Habit slowWriting() {
      return new Habit("messages at a byte a second", "<?xml version=\"1.0\"?>\n<m", "e", true);
    }

    /** Asks for a page letter by letter. */
    public static Habit slowAsking() {
      return new Habit("requests at a byte a second", "GET /", "x", true);
    }

    /** Announces a file and sends it byte by byte. */
    public static Habit slowFile() {
      return new Habit(
          "files at a byte a second",
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<message><type>file-operation</type>"
              + "<sender><hostname>localhost</hostname><port>9</port></sender><envelope>"
              + "<operation>put</operation><test><id>flood</id></test><file><name>big</name>"
              + "<size>1000000</size></file></envelope></message>\n",
          "x",
          true);
    }

    /** Asks for pages and takes none of them. */
    public static Habit slowReading() {
      String ask = "GET / HTTP/1.1\r\nhost: farm\r\n\r\n";
      return new Habit("readers that do not read", ask.repeat(50), ask, false);
    }
  }

  private final Habit habit;
  private final int count;
  private final Sources sources;
  private final int port;
  private final List<SocketChannel> open = new ArrayList<>();
  private final ByteBuffer heard = ByteBuffer.allocate(4_096);
  private final FloodThread thread;
  private final AtomicLong made = new AtomicLong();

  /**
   * Begins.
   *
   * @param count how many are open at a time; see {@link Sources#room}
   * @param port of the service, on this machine
   */
  public HeldConnections(Habit habit, int count, Sources sources, int port) {
    this.habit = habit;
    this.count = count;
    this.sources = sources;
    this.port = port;
    this.thread = new FloodThread(habit.name(), this::run);
    thread.start();
  }

  @Override
  public String name() {
    return count
        + " "
        + habit.name()
        + (sources.addresses().size() > 1
            ? " from " + sources.addresses().size() + " addresses"
            : "");
  }

  @Override
  public long connections() {
    return made.get();
  }

  private void run() {
    while (!thread.isOver()) {
      long next = System.nanoTime() + PAUSE;
      open.removeIf(channel -> !goesOn(channel));
      for (int i = 0; i < MOST_AT_ONCE && open.size() < count && !thread.isOver(); i++) {
        begin();
      }
      boolean isRamping = made.get() < count;
      while (!thread.isOver() && !isRamping && System.nanoTime() < next) {
        LockSupport.parkNanos(next - System.nanoTime());
      }
    }
    open.forEach(FloodThread::end);
  }

  private void begin() {
    try {
      SocketChannel channel = sources.connect(made.getAndIncrement(), port);
      if (!habit.reads()) {
        channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER);
      }
      open.add(channel);
    } catch (IOException e) {
      LockSupport.parkNanos(PAUSE / 100); // the farm is full, or this process is
    }
  }

  /** Says the next thing; false when the farm has ended the connection. */
  private boolean goesOn(SocketChannel channel) {
    try {
      if (!channel.isConnected()) {
        if (channel.finishConnect()) {
          say(channel, habit.first());
        }
        return true;
      }
      heard.clear();
      if (habit.reads() && channel.read(heard) < 0) {
        channel.close();
        return false;
      }
      say(channel, habit.drip());
      return true;
    } catch (IOException e) {
      FloodThread.end(channel);
      return false;
    }
  }

  private static void say(SocketChannel channel, String words) throws IOException {
    if (!words.isEmpty()) {
      channel.write(ByteBuffer.wrap(words.getBytes(StandardCharsets.UTF_8)));
    }
  }

  @Override
  public void close() {
    thread.close();
  }
}
