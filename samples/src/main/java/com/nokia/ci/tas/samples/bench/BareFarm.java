package com.nokia.ci.tas.samples.bench;

import com.nokia.ci.tas.samples.farm.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The least that a farm must do, in a process of its own: take a line from a socket, write it to
 * disk before it is acknowledged, many at once, queue it, start a program on one of so many
 * resources and tell the end. No matching, no XML, no artifacts, no output: the floor for tests a
 * second.
 */
final class BareFarm implements AutoCloseable {
  private static final int RECORD = 1024;
  private static final int MOST_WAITING = 100_000;
  private static final long PATIENCE_SECONDS = 10;

  private final Process process;
  private final Socket socket;

  private BareFarm(Process process, Socket socket) {
    this.process = process;
    this.socket = socket;
  }

  /** Starts one that has so many resources. */
  static BareFarm start(Path scratch, int resources) throws IOException {
    var process =
        new ProcessBuilder(
                Program.java(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-Djdk.lang.Process.launchMechanism=VFORK",
                "-cp",
                System.getProperty("java.class.path"),
                BareFarm.class.getName(),
                scratch.resolve("bare-farm.log").toString(),
                Integer.toString(resources))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String port = process.inputReader().readLine();
    if (port == null) {
      throw new IOException("the bare farm ended at once");
    }
    return new BareFarm(
        process, new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port)));
  }

  /** Hands in so many jobs at once and waits until all have ended; gives the jobs a second. */
  double rate(int jobs) throws IOException {
    long begin = System.nanoTime();
    var out = new PrintWriter(socket.getOutputStream(), false, StandardCharsets.UTF_8);
    for (int i = 0; i < jobs; i++) {
      out.println("job " + i);
    }
    out.flush();
    var in = socket.getInputStream();
    byte[] answers = new byte[8192];
    int ended = 0;
    while (ended < jobs) {
      int count = in.read(answers);
      if (count < 0) {
        throw new IOException("the bare farm ended after " + ended + " jobs");
      }
      for (int i = 0; i < count; i++) {
        ended += answers[i] == 'e' ? 1 : 0;
      }
    }
    return jobs / ((System.nanoTime() - begin) / 1e9);
  }

  @Override
  public void close() throws IOException {
    socket.close();
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** The farm itself: a file to write to, and the number of resources. */
  public static void main(String[] arguments) throws Exception {
    var accepted = new LinkedBlockingQueue<String>(MOST_WAITING);
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var log =
            FileChannel.open(
                Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      System.out.println(server.getLocalPort());
      try (var client = server.accept()) {
        ExecutorService resources = Executors.newFixedThreadPool(Integer.parseInt(arguments[1]));
        var writer = new Thread(() -> write(accepted, log, client, resources), "bare-writer");
        writer.setDaemon(true);
        writer.start();
        var lines =
            new BufferedReader(
                new java.io.InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          accepted.put(line);
        }
      }
    }
    System.exit(0);
  }

  private static void write(
      BlockingQueue<String> accepted, FileChannel log, Socket client, ExecutorService resources) {
    var group = new ArrayList<String>();
    try {
      while (true) {
        group.add(accepted.take());
        accepted.drainTo(group);
        ByteBuffer records = ByteBuffer.allocate(group.size() * RECORD);
        for (int i = 0; i < group.size(); i++) {
          records.position(i * RECORD);
          records.put(group.get(i).getBytes(StandardCharsets.UTF_8));
        }
        records.clear();
        while (records.hasRemaining()) {
          log.write(records);
        }
        log.force(/* metaData= */ false);
        say(client, "a".repeat(group.size()));
        for (String job : group) {
          resources.execute(() -> run(job, client));
        }
        group.clear();
      }
    } catch (IOException e) {
      System.err.println("the bare farm stops: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void run(String job, Socket client) {
    try {
      var process =
          new ProcessBuilder(List.of("true"))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.waitFor();
      say(client, "e");
    } catch (IOException e) {
      System.err.println(job + " failed: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void say(Socket client, String letters) throws IOException {
    synchronized (client) {
      client.getOutputStream().write(letters.getBytes(StandardCharsets.UTF_8));
    }
  }
}
