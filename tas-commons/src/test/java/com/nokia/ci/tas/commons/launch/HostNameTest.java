package com.nokia.ci.tas.commons.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which name a program tells its peers to dial. */
final class HostNameTest {
  private static final String NAME = "jamesbond007.example.org";
  private static final String OTHER = "node7.example.org";
  private static final String PEER = "10.1.1.1";

  private final FakeNetwork network = new FakeNetwork();

  @Test
  void theCanonicalNameIsTold() {
    network.canonicalName(NAME).resolves(NAME, "10.0.0.7");
    assertTold(NAME, find(Map.of("HOST", OTHER)));
  }

  @Test
  void theArgumentBeatsEverythingAndIsBelieved() {
    network.canonicalName(NAME).resolves(NAME, "10.0.0.7");
    var name = HostName.find(Optional.of("behind-nat.example"), key -> null, network);
    assertTold("behind-nat.example", name);
  }

  @Test
  void aNameThatResolvesToLoopbackIsNotToldToAPeerOnAnotherMachine() {
    network
        .canonicalName("debian")
        .resolves("debian", "127.0.1.1")
        .outward("10.0.0.7")
        .reaches(PEER, "192.168.5.7");
    var name = find(Map.of());
    assertEquals("192.168.5.7", name.towards(PEER));
    assertEquals("10.0.0.7", name.own());
  }

  @Test
  void oneLoopbackAddressAmongSeveralIsEnoughToDistrustAName() {
    network
        .canonicalName(NAME)
        .resolves(NAME, "10.0.0.7")
        .resolves(NAME, "127.0.1.1")
        .outward("10.0.0.7");
    assertEquals("10.0.0.7", find(Map.of()).own());
  }

  @Test
  void theEnvironmentIsAskedInTheOrderOfTheGuide() {
    network.canonicalName("localhost").resolves("localhost", "127.0.0.1");
    network.resolves("b", "10.0.0.2").resolves("c", "10.0.0.3").resolves("a", "127.0.0.1");
    assertTold("b", find(Map.of("HOST", "a", "HOSTNAME", " b ", "COMPUTERNAME", "c")));
    assertTold("c", find(Map.of("HOST", "", "HOSTNAME", "unknown", "COMPUTERNAME", "c")));
  }

  @Test
  void anAddressIsNoCanonicalName() {
    network.canonicalName("10.0.0.7").resolves("10.0.0.7", "10.0.0.7").resolves(OTHER, "10.0.0.8");
    assertTold(OTHER, find(Map.of("HOSTNAME", OTHER)));
  }

  @Test
  void aPeerOnThisMachineIsToldAnAddressThatOthersCanUseToo() {
    network.outward("10.0.0.7").resolves("localhost", "127.0.0.1").resolves("10.0.0.7", "10.0.0.7");
    var name = find(Map.of());
    assertEquals("10.0.0.7", name.towards("localhost"));
    assertEquals("10.0.0.7", name.towards("10.0.0.7"));
  }

  @Test
  void aPeerThatDoesNotResolveIsToldTheOwnAddress() {
    network.outward("10.0.0.7");
    assertEquals("10.0.0.7", find(Map.of()).towards("nowhere"));
  }

  @Test
  void aMachineWithoutNetworkIsOnLoopback() {
    assertTold("127.0.0.1", find(Map.of()));
  }

  @Test
  void theZoneOfAnAddressIsOfNoUseToAPeer() {
    network.outward("fd00::7");
    assertEquals("fd00:0:0:0:0:0:0:7", find(Map.of()).own());
  }

  @Test
  void thisMachineHasSomeName() {
    String name = HostName.ofThisMachine(Optional.empty()).own();
    assertFalse(name.isBlank());
    assertFalse(name.contains("%"));
  }

  private HostName find(Map<String, String> environment) {
    return HostName.find(Optional.empty(), environment::get, network);
  }

  private static void assertTold(String expected, HostName name) {
    assertEquals(expected, name.own());
    assertEquals(expected, name.towards(PEER));
  }
}
