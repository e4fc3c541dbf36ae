package com.nokia.ci.tas.communicator.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.commons.transport.SessionIdentity;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AccessTest {
  private static final InetSocketAddress HERE = new InetSocketAddress("10.1.1.20", 27182);
  private static final Endpoint CLIENT_A = new Endpoint("10.1.1.9", 16180);
  private static final Endpoint CLIENT_B = new Endpoint("10.1.1.10", 16180);

  private final Access access = new Access(List.of(new Endpoint("10.1.1.1", 31415)), Runnable::run);

  @BeforeEach
  void lookUp() {
    access.lookUpService();
    access.admitClient(CLIENT_A);
    access.admitClient(CLIENT_B);
  }

  @Test
  void aStrangerGetsARefusalThatNamesTheSetting() {
    var refusal = access.refusal(from("10.9.9.9")).orElseThrow();

    assertTrue(refusal.contains("TestAutomationServiceHostname"), refusal);
    assertFalse(access.isService(from("10.9.9.9")));
    assertFalse(access.mayExchange(from("10.9.9.9"), CLIENT_A));
  }

  @Test
  void theServiceAndThisMachineMayEverything() {
    for (var peer : Set.of(from("10.1.1.1"), from("127.0.0.1"), from("10.1.1.20"))) {
      assertEquals(Optional.empty(), access.refusal(peer));
      assertTrue(access.isService(peer));
      assertTrue(access.mayExchange(peer, CLIENT_A));
    }
  }

  @Test
  void aClientMayExchangeFilesOfItsOwnRunsAndNothingElse() {
    var client = from("10.1.1.9");
    assertEquals(Optional.empty(), access.refusal(client));
    assertTrue(access.mayExchange(client, CLIENT_A));
    assertFalse(access.mayExchange(client, CLIENT_B));
    assertFalse(access.isService(client));
  }

  @Test
  void aClientWhoseRunsAreOverIsAStrangerAgain() {
    access.retainClients(Set.of(CLIENT_B.host()));
    assertTrue(access.refusal(from("10.1.1.9")).isPresent());
    assertTrue(access.refusal(from("10.1.1.10")).isEmpty());
  }

  @Test
  void whoHasASessionWithItsServiceListensToNobodyElse() {
    access.trustSessionAlone();
    var service = new SessionIdentity(new Endpoint("10.1.1.1", 31415), Optional.empty());
    var another = new SessionIdentity(new Endpoint("10.1.1.1", 31416), Optional.empty());

    assertTrue(access.isService(from("10.1.1.1").of(service)));
    assertTrue(access.mayExchange(from("10.1.1.1").of(service), CLIENT_A));
    assertFalse(access.isService(from("10.1.1.1").of(another)));
    assertFalse(access.mayExchange(from("10.1.1.9").of(another), CLIENT_A));
    for (var stranger : Set.of(from("10.1.1.1"), from("127.0.0.1"), from("10.1.1.20"))) {
      assertTrue(access.refusal(stranger).orElseThrow().contains("10.1.1.1:31415"));
      assertFalse(access.isService(stranger));
      assertFalse(access.mayExchange(stranger, CLIENT_A));
    }
    assertTrue(access.mayExchange(from("10.1.1.9"), CLIENT_A));
    access.trustAddresses();
    assertTrue(access.isService(from("10.1.1.1")));
  }

  @Test
  void aClientOfThisMachineMayComeFromAnyAddressOfIt() {
    var client = new Endpoint("localhost", 16180);
    access.trustSessionAlone();
    access.admitClient(client);

    for (var peer : Set.of(from("127.0.0.1"), from("10.1.1.20"))) {
      assertEquals(Optional.empty(), access.refusal(peer));
      assertTrue(access.mayExchange(peer, client));
      assertFalse(access.mayExchange(peer, CLIENT_A));
      assertFalse(access.isService(peer));
    }
    assertFalse(access.mayExchange(from("10.9.9.9"), client));
  }

  private static Peer from(String address) {
    return new Peer(new InetSocketAddress(address, 50_000), HERE);
  }
}
