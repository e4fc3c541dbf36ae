package com.nokia.ci.tas.commons.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.StandIns;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A peer that may be at several places is found where it listens. */
@Timeout(120)
final class StandInsTest {
  private static ServerSocket listening() throws IOException {
    return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  private static Endpoint at(ServerSocket socket) {
    return new Endpoint("127.0.0.1", socket.getLocalPort());
  }

  private static Endpoint nobody() throws IOException {
    try (var socket = listening()) {
      return at(socket);
    }
  }

  @Test
  void aPeerIsFoundWhereItsStandByListens() throws Exception {
    Endpoint known = nobody();
    try (var standBy = listening();
        var transport =
            Transport.create(
                TransportSettings.defaults().with(StandIns.of(List.of(known, at(standBy)))))) {
      for (int i = 0; i < 3; i++) {
        transport.dial(known).get(60, TimeUnit.SECONDS);
        standBy.accept().close();
      }
    }
  }

  @Test
  void aPeerIsFoundAgainWhenItIsBackWhereItWas() throws Exception {
    Endpoint other = nobody();
    try (var first = listening();
        var transport =
            Transport.create(
                TransportSettings.defaults().with(StandIns.of(List.of(at(first), other))))) {
      transport.dial(at(first)).get(60, TimeUnit.SECONDS);
      first.accept().close();
    }
  }

  @Test
  void aPeerThatListensNowhereIsLost() throws Exception {
    Endpoint known = nobody();
    try (var transport =
        Transport.create(
            TransportSettings.defaults().with(StandIns.of(List.of(known, nobody()))))) {
      var dialled = transport.dial(known);
      var failure = assertThrows(ExecutionException.class, () -> dialled.get(60, TimeUnit.SECONDS));
      assertInstanceOf(ConnectionLostException.class, failure.getCause());
    }
  }

  @Test
  void aPeerThatIsNotNamedIsWhereItSays() {
    var one = new Endpoint("a.example.org", 1);
    var two = new Endpoint("b.example.org", 2);
    var places = StandIns.of(List.of(one, two));
    assertEquals(List.of(one, two), places.places(one));
    assertEquals(List.of(two), places.places(two));
    assertEquals(StandIns.NONE, StandIns.of(List.of(one)));
    var both = StandIns.of(List.of(one, two)).with(StandIns.of(List.of(two, one)));
    assertEquals(List.of(two, one), both.places(two));
    assertEquals(List.of(one, two), both.places(one));
  }
}
