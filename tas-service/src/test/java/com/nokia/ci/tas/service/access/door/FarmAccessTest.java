package com.nokia.ci.tas.service.access.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.commons.transport.SessionIdentity;
import com.nokia.ci.tas.commons.transport.SessionWatch;
import com.nokia.ci.tas.service.Until;
import com.nokia.ci.tas.service.access.AccessKey;
import com.nokia.ci.tas.service.access.keys.FarmKeys;
import com.nokia.ci.tas.service.access.keys.KeyOrder;
import com.nokia.ci.tas.service.access.store.AccessFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class FarmAccessTest {
  private static final Endpoint IDENTITY = new Endpoint("node-1.example.org", 5_000);

  @TempDir Path store;

  private final InstantSource clock = InstantSource.system();
  private final BlockingQueue<String> ended = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private FarmKeys keys;
  private FarmAccess access;

  @BeforeEach
  void open() {
    keys = FarmKeys.in(store, clock);
    access = opened();
  }

  @AfterEach
  void close() {
    access.close();
  }

  private FarmAccess opened() {
    return FarmAccess.open(store, new FarmAccess.Rules(Peer::isLocal, peer -> false), clock);
  }

  @Test
  void keysThatAreMadeWhileTheServiceRunsAreTakenIntoUse() {
    assertEquals(Optional.empty(), access.tls());
    keys.create("Lab 4", List.of("localhost"));
    Until.isSo(() -> access.tls().isPresent());
    var first = access.tls();
    keys.renewService(List.of("localhost"));
    Until.isSo(() -> !access.tls().equals(first));
  }

  @Test
  void keysThatCannotBeUsedStopTheStartAndNotTheRun() throws IOException {
    keys.create("Lab 4", List.of("localhost"));
    Until.isSo(() -> access.tls().isPresent());
    Files.writeString(keys.directory().service(), "nonsense\n");
    var failure = assertThrows(SettingsException.class, this::opened);
    assertTrue(failure.getMessage().contains("service.pem: it has 0"), failure.getMessage());
    assertTrue(access.tls().isPresent(), "the running service goes on");
  }

  @Test
  void sessionEndsWithItsKey() throws InterruptedException {
    keys.create("Lab 4", List.of("localhost"));
    AccessKey key = keys.make(KeyOrder.node("rack 4")).key();
    Until.isSo(() -> access.book().current().key(key.id()).isPresent());
    SessionWatch watch = access.watching(new Told(), (who, why) -> ended.add(who + ": " + why));
    watch.onOpened(IDENTITY, peer(key), /* resumed= */ false);
    keys.revoke(key.id());
    assertEquals(IDENTITY + ": key " + key.id() + " was revoked", ended.poll(30, TimeUnit.SECONDS));
    watch.onEnded(IDENTITY, "told");
    assertEquals(List.of("opened", "ended"), List.copyOf(told));
  }

  @Test
  void sessionWhoseKeyAllowsSomethingElseNowEndsSoThatItBeginsAnew() {
    keys.create("Lab 4", List.of("localhost"));
    AccessKey key = keys.make(KeyOrder.node("rack 4")).key();
    SessionWatch watch = access.watching(new Told(), (who, why) -> ended.add(why));
    watch.onOpened(IDENTITY, peer(key), /* resumed= */ false);
    var more =
        new AccessKey.Grant(Optional.of(AccessRole.VIEW), Optional.empty(), Optional.empty());
    access
        .book()
        .change(
            book ->
                book.with(
                    new AccessKey(
                        key.id(), key.kind(), key.label(), key.proof(), more, key.life())));
    assertEquals(List.of("what key " + key.id() + " allows has changed"), List.copyOf(ended));
  }

  @Test
  void damagedAccessFileStopsTheStart() throws IOException {
    Files.writeString(AccessFile.in(store).path(), "{");
    var failure = assertThrows(SettingsException.class, this::opened);
    assertTrue(failure.getMessage().contains("access.json"), failure.getMessage());
  }

  private static Peer peer(AccessKey key) {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5_000);
    return new Peer(address, address).of(new SessionIdentity(IDENTITY, Optional.of(key.holder())));
  }

  private final class Told implements SessionWatch {
    @Override
    public void onOpened(Endpoint identity, Peer peer, boolean resumed) {
      told.add("opened");
    }

    @Override
    public void onAway(Endpoint identity, String why) {
      told.add("away");
    }

    @Override
    public void onEnded(Endpoint identity, String why) {
      told.add("ended");
    }
  }
}
