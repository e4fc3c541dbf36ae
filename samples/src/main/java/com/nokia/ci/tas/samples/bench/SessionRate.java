package com.nokia.ci.tas.samples.bench;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.Principal;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.transport.FileAnswer;
import com.nokia.ci.tas.commons.transport.FileSource;
import com.nokia.ci.tas.commons.transport.ListenSettings;
import com.nokia.ci.tas.commons.transport.MessageReceiver;
import com.nokia.ci.tas.commons.transport.PathSink;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.commons.transport.Session;
import com.nokia.ci.tas.commons.transport.SessionAdmission;
import com.nokia.ci.tas.commons.transport.SessionLimits;
import com.nokia.ci.tas.commons.transport.SessionWatch;
import com.nokia.ci.tas.commons.transport.SessionWish;
import com.nokia.ci.tas.commons.transport.Transport;
import com.nokia.ci.tas.commons.transport.TransportSettings;
import com.nokia.ci.tas.commons.transport.Welcome;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Files over a session and over connections of their own, between two networks of this process,
 * beside a bare copy over loopback to disk.
 */
final class SessionRate {
  private static final int ROUNDS = 3;
  private static final int SMALL_FILES = 2_000;
  private static final int SMALL = 1_000;
  private static final Endpoint CLIENT = new Endpoint("client", 1);

  private final Transport near = Transport.create(TransportSettings.defaults());
  private final Transport far = Transport.create(TransportSettings.defaults());
  private final Path scratch;

  private SessionRate(Path scratch) {
    this.scratch = scratch;
  }

  static List<Figure> measure(Scene scene) throws Exception {
    Path scratch = scene.scratch("session");
    Path image = scratch.resolve("image.img");
    ArtifactRate.fill(image, 1);
    var rate = new SessionRate(scratch);
    try {
      return rate.measure(image);
    } finally {
      rate.near.close();
      rate.far.close();
    }
  }

  private List<Figure> measure(Path image) throws Exception {
    Endpoint plain = listen(ListenSettings.on(0));
    Endpoint kept =
        listen(
            ListenSettings.on(0)
                .withSessions(
                    (registration, offer, peer) ->
                        new SessionAdmission.Admitted(Principal.LOCAL, Duration.ofMinutes(1)),
                    new Unwatched()));
    establish(kept);
    double floor = 0;
    double overSession = 0;
    double overConnection = 0;
    double digests = 0;
    for (int round = 0; round < ROUNDS; round++) {
      floor = Math.max(floor, ArtifactRate.bare(image, scratch.resolve("copy.img")));
      overSession = Math.max(overSession, large(kept, image));
      overConnection = Math.max(overConnection, large(plain, image));
      digests = Math.max(digests, digests(image));
    }
    double small = 0;
    double smallFloor = 0;
    for (int round = 0; round < ROUNDS; round++) {
      smallFloor = Math.max(smallFloor, small(plain));
      small = Math.max(small, small(kept));
    }
    String name = String.format(Locale.ROOT, "files of %d bytes over a session", SMALL);
    return List.of(
        new Figure("a file of 500 MB over a session", overSession, floor, "MB/s", true),
        new Figure("the same over a connection of its own", overConnection, floor, "MB/s", true),
        new Figure("SHA-256 of the same by one thread", digests, floor, "MB/s", true),
        new Figure(name + " (floor: connections)", small, smallFloor, "files/s", true));
  }

  private Endpoint listen(ListenSettings where) {
    return new Endpoint("127.0.0.1", far.listen(where, new Storing()).port());
  }

  private void establish(Endpoint acceptor) {
    var established = new CompletableFuture<Welcome>();
    var registration =
        new RegistryOperation(
            CLIENT,
            acceptor,
            RegistryOperation.Kind.REGISTER,
            RegistryOperation.Remote.CLIENT,
            Optional.empty());
    near.keep(
        SessionWish.with(acceptor, () -> registration)
            .withLimits(SessionLimits.DEFAULT.withAnswer(Duration.ofSeconds(10))),
        new Storing(),
        new Owner(established));
    established.join();
  }

  private double large(Endpoint to, Path image) throws IOException {
    long begin = System.nanoTime();
    near.sendFile(to, put("image.img"), FileSource.of(image)).join();
    double rate = ArtifactRate.rate(System.nanoTime() - begin);
    Files.delete(scratch.resolve("image.img.stored"));
    return rate;
  }

  private static double digests(Path image) throws Exception {
    var digest = MessageDigest.getInstance("SHA-256");
    byte[] chunk = new byte[256 * 1024];
    long begin = System.nanoTime();
    try (var in = Files.newInputStream(image)) {
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        digest.update(chunk, 0, count);
      }
    }
    digest.digest();
    return ArtifactRate.rate(System.nanoTime() - begin);
  }

  private double small(Endpoint to) throws IOException {
    Path file = Files.write(scratch.resolve("small"), new byte[SMALL]);
    List<CompletableFuture<Long>> sent = new ArrayList<>();
    long begin = System.nanoTime();
    for (int i = 0; i < SMALL_FILES; i++) {
      sent.add(near.sendFile(to, put("small" + i), FileSource.of(file)));
    }
    sent.forEach(CompletableFuture::join);
    return SMALL_FILES / ((System.nanoTime() - begin) / 1e9);
  }

  private static FileOperation put(String name) {
    return new FileOperation(
        CLIENT,
        CLIENT,
        FileOperation.Kind.PUT,
        TestDescription.named(RuntimeId.of("bench")),
        FileReference.named(name));
  }

  /** Stores what comes. */
  private final class Storing implements MessageReceiver {
    @Override
    public void onMessage(Message message, Peer peer) {}

    @Override
    public FileAnswer onFile(FileOperation put, Peer peer) {
      return FileAnswer.accept(
          PathSink.into(scratch.resolve(put.file().name() + ".stored"), put.file().size()));
    }
  }

  private record Owner(CompletableFuture<Welcome> established) implements Session.Owner {
    @Override
    public void onEstablished(Welcome welcome) {
      established.complete(welcome);
    }

    @Override
    public void onPlain(InetAddress leftFrom) {
      established.completeExceptionally(new TasException("the acceptor is plain"));
    }

    @Override
    public void onAway(String why) {}

    @Override
    public void onReturned() {}

    @Override
    public void onRefused(String sentence) {
      established.completeExceptionally(new TasException(sentence));
    }

    @Override
    public void onEnded(TasException why) {
      established.completeExceptionally(why);
    }
  }

  private static final class Unwatched implements SessionWatch {
    @Override
    public void onOpened(Endpoint identity, Peer peer, boolean resumed) {}

    @Override
    public void onAway(Endpoint identity, String why) {}

    @Override
    public void onEnded(Endpoint identity, String why) {}
  }
}
