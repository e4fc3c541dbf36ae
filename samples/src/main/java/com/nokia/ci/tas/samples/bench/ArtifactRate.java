package com.nokia.ci.tas.samples.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;

/** A large artifact on its way to the node, beside a bare copy over loopback to disk. */
final class ArtifactRate {
  private static final long SIZE = 500L << 20;
  private static final int ROUNDS = 3;

  private ArtifactRate() {}

  static List<Figure> measure(Issuer issuer, Path scratch) throws Exception {
    Path image = scratch.resolve("image.img");
    double best = 0;
    double floor = 0;
    for (int round = 0; round < ROUNDS; round++) {
      // Another one each time: a node has the last one already.
      fill(image, round);
      floor = Math.max(floor, bare(image, scratch.resolve("copy.img")));
      long begin = System.nanoTime();
      Issuer.Watched test = issuer.start("true", scratch.toString(), "image.img");
      best = Math.max(best, rate(test.awaitStart() - begin));
      test.awaitEnd();
    }
    return List.of(
        new Figure("an artifact of 500 MB, start to executor", best, floor, "MB/s", true));
  }

  static double rate(long nanos) {
    return (SIZE >> 20) / (nanos / 1e9);
  }

  static void fill(Path file, int seed) throws IOException {
    fill(file, seed, SIZE);
  }

  static void fill(Path file, int seed, long size) throws IOException {
    byte[] block = new byte[1 << 20];
    new Random(seed).nextBytes(block);
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long i = 0; i < size >> 20; i++) {
        out.write(block);
      }
    }
  }

  static double bare(Path source, Path target) throws Exception {
    try (var server =
        ServerSocketChannel.open()
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      var sender =
          new Thread(
              () -> {
                try (var socket = SocketChannel.open(server.getLocalAddress());
                    var file = FileChannel.open(source)) {
                  for (long sent = 0; sent < SIZE; ) {
                    sent += file.transferTo(sent, SIZE - sent, socket);
                  }
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              },
              "bench-sender");
      long begin = System.nanoTime();
      sender.start();
      try (var socket = server.accept();
          var file =
              FileChannel.open(
                  target,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE,
                  StandardOpenOption.TRUNCATE_EXISTING)) {
        ByteBuffer block = ByteBuffer.allocateDirect(1 << 20);
        while (socket.read(block) >= 0) {
          block.flip();
          while (block.hasRemaining()) {
            file.write(block);
          }
          block.clear();
        }
      }
      double rate = rate(System.nanoTime() - begin);
      sender.join();
      Files.delete(target);
      return rate;
    }
  }
}
