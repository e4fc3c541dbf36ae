package com.nokia.ci.tas.client.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.client.verdict.Ending;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.SessionOffer;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.model.Bond;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.transport.DigestBook;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.commons.transport.SessionAdmission;
import com.nokia.ci.tas.commons.transport.Transport;
import com.nokia.ci.tas.commons.transport.TransportSettings;
import com.nokia.ci.tas.commons.trust.FarmKey;
import com.nokia.ci.tas.commons.trust.TestFarmKeys;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who may speak at the port of a client that has sessions with its services. */
final class EntranceTest {
  private static final Endpoint SERVICE = new Endpoint("tas.example.org", 31415);
  private static final Endpoint NODE = new Endpoint("node.example.org", 27182);
  private static final InetSocketAddress HERE = new InetSocketAddress("10.1.1.1", 20321);
  private static final Peer STRANGER = new Peer(new InetSocketAddress("10.1.1.9", 5), HERE);
  private static final Peer NEIGHBOUR = new Peer(HERE, HERE);

  private final Transport transport = Transport.create(TransportSettings.defaults());
  private final RunningTests running = new RunningTests();
  private final RunningTest test = runningTest();

  @AfterEach
  void close() {
    transport.close();
  }

  @Test
  void plainConnectionsFromOtherMachinesAreRefusedWithASentence() {
    var entrance = entrance(door(Optional.empty()));

    assertTrue(entrance.admit(STRANGER).orElseThrow().contains("needs the ticket of its test"));
    assertEquals(Optional.empty(), entrance.admit(NEIGHBOUR));
  }

  @Test
  void ticketOfARunningTestLetsInUnderANameThatIsNotOfTheNodesChoosing() {
    var admitted =
        (SessionAdmission.Admitted)
            door(Optional.empty()).admit(registration(), offer(test.ticket().secret()), STRANGER);

    assertTrue(admitted.name().orElseThrow().host().startsWith("node.example.org~"));
  }

  @Test
  void anyOtherTicketAndNoneAreRefused() {
    var door = door(Optional.empty());
    var none = SessionOffer.of("0".repeat(32));

    for (var offer : new SessionOffer[] {none, offer("0".repeat(32)), offer("x")}) {
      var refused = (SessionAdmission.Refused) door.admit(registration(), offer, STRANGER);
      assertTrue(refused.sentence().contains("none of them has that ticket"));
    }
  }

  @Test
  void aNodeThatComesForATestThatHasJustEndedIsNotTakenForAStranger() {
    var door = door(Optional.empty());
    running.remove(test);
    door.close(test);

    var answer = door.admit(registration(), offer(test.ticket().secret()), STRANGER);

    assertEquals(new SessionAdmission.TooLate("the test of that ticket has ended"), answer);
  }

  @Test
  void withACertificateNoTicketIsTakenOutsideTls() {
    var door = door(Optional.of(TestFarmKeys.client()));
    SessionOffer offer = offer(test.ticket().secret());

    var refused = (SessionAdmission.Refused) door.admit(registration(), offer, STRANGER);
    assertTrue(refused.sentence().contains("over TLS alone"));
    assertTrue(
        door.admit(registration(), offer, STRANGER.secured(Optional.empty()))
            instanceof SessionAdmission.Admitted);
  }

  @Test
  void aTestThatHasEndedIsNoTestOfASessionAnyMore() {
    var door = door(Optional.empty());
    door.onOpened(NODE, NEIGHBOUR, /* resumed= */ false);
    door.show(NODE, test.ticket().secret());
    assertEquals(List.of(test), door.testsOf(NODE).toList());

    running.remove(test);
    door.close(test);
    door.show(NODE, test.ticket().secret());

    assertEquals(List.of(), door.testsOf(NODE).toList());
  }

  @Test
  void aSessionWhoseLastTestHasEndedIsThereForTheNext() {
    var door = door(Optional.empty());
    door.onOpened(NODE, NEIGHBOUR, /* resumed= */ false);
    door.show(NODE, test.ticket().secret());
    running.remove(test);
    door.close(test);
    var next = runningTest();

    door.show(NODE, next.ticket().secret());

    assertEquals(List.of(next), door.testsOf(NODE).toList());
  }

  @Test
  void aSessionThatIsAboutNoTestForAWhileEnds() throws Exception {
    var door = door(Optional.empty(), Duration.ofMillis(1));
    door.onOpened(NODE, NEIGHBOUR, /* resumed= */ false);
    door.show(NODE, test.ticket().secret());
    running.remove(test);
    door.close(test);

    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (door.isOpen(NODE) && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertFalse(door.isOpen(NODE));
  }

  private RunningTest runningTest() {
    var started =
        new RunningTest(
            new com.nokia.ci.tas.commons.Test("nightly"),
            TestOperation.Kind.START,
            Bond.ISSUER,
            SERVICE,
            new TestObserver() {
              @Override
              public void started(com.nokia.ci.tas.commons.Test told) {
                throw new AssertionError(told);
              }

              @Override
              public void said(com.nokia.ci.tas.commons.Test told, String text) {
                throw new AssertionError(text);
              }

              @Override
              public void ended(com.nokia.ci.tas.commons.Test told, Ending outcome) {
                throw new AssertionError(outcome);
              }
            },
            new CallQueue(Runnable::run),
            Clock.systemUTC());
    running.add(started);
    return started;
  }

  private DirectDoor door(Optional<FarmKey> key) {
    return door(key, Duration.ofMinutes(1));
  }

  private DirectDoor door(Optional<FarmKey> key, Duration linger) {
    return new DirectDoor(running, key, transport, Duration.ofMinutes(1), linger);
  }

  private Entrance entrance(DirectDoor door) {
    var services =
        new Services(
            (service, listener) -> {
              throw new AssertionError("nobody is told anything");
            },
            door,
            running,
            new ServiceNames(),
            Duration.ofMinutes(1),
            Clock.systemUTC(),
            Runnable::run);
    var files =
        new FileTraffic(
            transport, Runnable::run, Duration.ofSeconds(1), new DigestBook(Clock.systemUTC()));
    return new Entrance(services, files, door, () -> new Endpoint("ci.example.org", 20321));
  }

  private static RegistryOperation registration() {
    return new RegistryOperation(
        NODE,
        new Endpoint("ci.example.org", 20321),
        RegistryOperation.Kind.REGISTER,
        RegistryOperation.Remote.TEST_NODE,
        Optional.empty());
  }

  private static SessionOffer offer(String ticket) {
    return SessionOffer.of("0".repeat(32)).withTicket(Optional.of(ticket));
  }
}
