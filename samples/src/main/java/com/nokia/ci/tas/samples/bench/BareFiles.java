package com.nokia.ci.tas.samples.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Files for measurements, and what the bare machine does with them. */
final class BareFiles {
  private static final int SMALL = 4096;

  private BareFiles() {}

  /** A large file; with another seed its content is another. */
  static void fill(Path file, long seed, long size) throws IOException {
    byte[] block = new byte[1 << 20];
    new Random(seed).nextBytes(block);
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long i = 0; i < size >> 20; i++) {
        out.write(block);
      }
    }
  }

  /** Makes a directory with so many files of 4 KB, all different, for each seed others. */
  static List<String> fillSmall(Path directory, long seed, int count) throws IOException {
    Files.createDirectories(directory);
    var random = new Random(seed);
    byte[] content = new byte[SMALL];
    var names = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      random.nextBytes(content);
      names.add("file-" + i + ".bin");
      Files.write(directory.resolve(names.get(i)), content);
    }
    return names;
  }

  /** Megabytes a second. */
  static double rate(long bytes, long nanos) {
    return (bytes >> 20) / (nanos / 1e9);
  }

  /** Copies a file over loopback to another file; in megabytes a second. */
  static double loopback(Path source, Path target) throws Exception {
    long size = Files.size(source);
    try (var server =
        ServerSocketChannel.open()
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      var sender =
          new Thread(
              () -> {
                try (var socket = SocketChannel.open(server.getLocalAddress());
                    var file = FileChannel.open(source)) {
                  for (long sent = 0; sent < size; ) {
                    sent += file.transferTo(sent, size - sent, socket);
                  }
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
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
      double rate = rate(size, System.nanoTime() - begin);
      sender.join();
      Files.delete(target);
      return rate;
    }
  }

  /**
   * Waits until the disk has what was written before, so that whatever is measured next does not
   * pay for it.
   */
  static void settle() throws IOException, InterruptedException {
    if (new ProcessBuilder("sync").inheritIO().start().waitFor() != 0) {
      throw new IOException("sync failed");
    }
  }

  /** SHA-256 of a file by one thread; in megabytes a second. */
  static double hashing(Path file) throws Exception {
    var digest = MessageDigest.getInstance("SHA-256");
    byte[] chunk = new byte[256 * 1024];
    long begin = System.nanoTime();
    try (var in = Files.newInputStream(file)) {
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        digest.update(chunk, 0, count);
      }
    }
    digest.digest();
    return rate(Files.size(file), System.nanoTime() - begin);
  }

  /** Copies files from one directory to a new one; files a second. */
  static double copySmall(Path from, List<String> names, Path to) throws IOException {
    Files.createDirectory(to);
    long begin = System.nanoTime();
    for (String name : names) {
      Files.copy(from.resolve(name), to.resolve(name));
    }
    return names.size() / ((System.nanoTime() - begin) / 1e9);
  }
}
