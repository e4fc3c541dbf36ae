package com.nokia.ci.tas.samples.bench;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.transport.FileAnswer;
import com.nokia.ci.tas.commons.transport.FileSource;
import com.nokia.ci.tas.commons.transport.MessageReceiver;
import com.nokia.ci.tas.commons.transport.PathSink;
import com.nokia.ci.tas.commons.transport.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * Files over a session and over connections of their own, between two networks of this process,
 * beside a bare copy over loopback to disk.
 */
final class SessionRate {
  private static final long SIZE = 500L << 20;
  private static final int ROUNDS = 3;
  private static final int SMALL_FILES = 2_000;
  private static final int SMALL = 1_000;

  private final TwoNetworks networks;
  private final Path scratch;

  private SessionRate(TwoNetworks networks, Path scratch) {
    this.networks = networks;
    this.scratch = scratch;
  }

  static List<Figure> measure(Scene scene) throws Exception {
    Path scratch = scene.scratch("session");
    Path image = scratch.resolve("image.img");
    BareFiles.fill(image, 1, SIZE);
    try (var networks = TwoNetworks.open(new Storing(scratch))) {
      return new SessionRate(networks, scratch).measure(image);
    }
  }

  private List<Figure> measure(Path image) throws Exception {
    Endpoint plain = networks.plain();
    Endpoint kept = networks.acceptor();
    double floor = 0;
    double overSession = 0;
    double overConnection = 0;
    double digests = 0;
    for (int round = 0; round < ROUNDS; round++) {
      floor = Math.max(floor, BareFiles.loopback(image, scratch.resolve("copy.img")));
      overSession = Math.max(overSession, large(kept, image));
      overConnection = Math.max(overConnection, large(plain, image));
      digests = Math.max(digests, BareFiles.hashing(image));
    }
    double small = 0;
    double smallFloor = 0;
    for (int round = 0; round < ROUNDS; round++) {
      smallFloor = Math.max(smallFloor, small(plain));
      small = Math.max(small, small(kept));
    }
    String name = String.format(Locale.ROOT, "files of %d bytes over a session", SMALL);
    return List.of(
        Figure.rate("a file of 500 MB over a session", overSession, floor, "MB/s"),
        Figure.rate("the same over a connection of its own", overConnection, floor, "MB/s"),
        Figure.rate("SHA-256 of the same by one thread", digests, floor, "MB/s"),
        Figure.rate(name + " (floor: connections)", small, smallFloor, "files/s"));
  }

  private double large(Endpoint to, Path image) throws IOException {
    long begin = System.nanoTime();
    networks.near().sendFile(to, put("image.img"), FileSource.of(image)).join();
    double rate = BareFiles.rate(SIZE, System.nanoTime() - begin);
    Files.delete(scratch.resolve("image.img.stored"));
    return rate;
  }

  private double small(Endpoint to) throws IOException {
    Path file = Files.write(scratch.resolve("small"), new byte[SMALL]);
    List<CompletableFuture<Long>> sent = new ArrayList<>();
    long begin = System.nanoTime();
    for (int i = 0; i < SMALL_FILES; i++) {
      sent.add(networks.near().sendFile(to, put("small" + i), FileSource.of(file)));
    }
    sent.forEach(CompletableFuture::join);
    return SMALL_FILES / ((System.nanoTime() - begin) / 1e9);
  }

  private static FileOperation put(String name) {
    return new FileOperation(
        TwoNetworks.CONNECTOR,
        TwoNetworks.CONNECTOR,
        FileOperation.Kind.PUT,
        TestDescription.named(RuntimeId.of("bench")),
        FileReference.named(name));
  }

  /** Stores what comes. */
  private record Storing(Path directory) implements MessageReceiver {
    @Override
    public void onMessage(Message message, Peer peer) {}

    @Override
    public FileAnswer onFile(FileOperation put, Peer peer) {
      return FileAnswer.accept(
          PathSink.into(directory.resolve(put.file().name() + ".stored"), put.file().size()));
    }
  }
}
