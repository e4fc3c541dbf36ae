package com.nokia.ci.tas.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.service.store.StoreException;
import com.nokia.ci.tas.service.store.sql.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A service that waits for its time is not heard of before. */
@Timeout(120)
final class StandbyTest {
  @RegisterExtension static final PostgresServer SERVER = new PostgresServer();

  @TempDir Path scratch;

  private ServiceSettings settings(String name, int port) throws IOException {
    return ServiceSettings.in(Files.createDirectories(scratch.resolve(name)))
        .onPort(port)
        .named("localhost");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static ServiceProgram started(ServiceSettings settings) {
    try {
      return ServiceProgram.start(settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aStandbyListensWhenTheLeaderIsGoneAndNotBefore() throws Exception {
    String url = SERVER.place().url();
    int port = freePort();
    var standby = settings("standby", port).with("store", url).asStandby();
    CompletableFuture<ServiceProgram> started;
    try (var leader = ServiceProgram.start(settings("leader", 0).with("store", url))) {
      assertTrue(leader.farm().version() >= 0);
      started = CompletableFuture.supplyAsync(() -> started(standby));
      SERVER.awaitLocked();
      assertThrows(
          ConnectException.class, () -> new Socket(InetAddress.getLoopbackAddress(), port).close());
      assertFalse(started.isDone());
    }
    try (var leads = started.get(60, TimeUnit.SECONDS)) {
      new Socket(InetAddress.getLoopbackAddress(), port).close();
      assertEquals(port, leads.address().port());
    }
  }

  @Test
  void aSecondServiceThatDoesNotWaitIsRefused() throws IOException, SQLException {
    String url = SERVER.place().url();
    try (var leader = ServiceProgram.start(settings("leader", 0).with("store", url))) {
      var second = settings("second", 0).with("store", url);
      var refusal =
          assertThrows(StoreException.class, () -> ServiceProgram.start(second)).getMessage();
      assertTrue(refusal.contains("TestAutomationServiceStandby=true"), refusal);
      assertTrue(leader.farm().version() >= 0);
    }
  }

  @Test
  void aStandbyNeedsAStoreThatIsShared() throws IOException {
    var alone = settings("alone", freePort()).asStandby();
    var refusal =
        assertThrows(SettingsException.class, () -> ServiceProgram.start(alone)).getMessage();
    assertTrue(refusal.startsWith("a stand-by needs a store that it shares"), refusal);
  }

  @Test
  void aStandbyNeedsAPortThatItsPeersKnow() throws IOException {
    var anywhere = settings("anywhere", 0).asStandby();
    var refusal =
        assertThrows(SettingsException.class, () -> ServiceProgram.start(anywhere)).getMessage();
    assertEquals("a stand-by needs a port that its peers know; give it one", refusal);
  }

  @Test
  void aStoreThatIsNotUnderstoodEndsTheStart() throws IOException {
    var odd = settings("odd", 0).with("store", "mysql://db.example.org/farm");
    var refusal =
        assertThrows(SettingsException.class, () -> ServiceProgram.start(odd)).getMessage();
    assertTrue(refusal.startsWith("store is none that is known; leave it empty"), refusal);
  }
}
