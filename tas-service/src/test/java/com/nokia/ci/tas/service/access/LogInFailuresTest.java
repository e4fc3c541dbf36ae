package com.nokia.ci.tas.service.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LogInFailuresTest {
  private Instant now = Keys.T0;
  private final LogInFailures failures = new LogInFailures(() -> now);

  @Test
  void twentyAMinuteAreToldWhyAndNoMore() throws UnknownHostException {
    assertEquals(20, told(address("192.0.2.1"), 50));
    assertEquals(20, told(address("192.0.2.2"), 50), "another address");
  }

  @Test
  void afterTheMinuteOneIsToldAgain() throws UnknownHostException {
    told(address("192.0.2.1"), 50);
    now = now.plus(Duration.ofSeconds(59));
    assertEquals(0, told(address("192.0.2.1"), 1));
    now = now.plus(Duration.ofSeconds(1));
    assertEquals(1, told(address("192.0.2.1"), 1));
  }

  @Test
  void addressesOfOneNetworkOfVersionSixCountTogether() throws UnknownHostException {
    told(address("2001:db8:1:2::1"), 20);
    assertEquals(0, told(address("2001:db8:1:2:ffff::9"), 1));
    assertEquals(1, told(address("2001:db8:1:3::1"), 1));
  }

  @Test
  void manyAddressesCostBoundedMemoryAndTheOldestAreForgotten() throws UnknownHostException {
    InetAddress first = address("192.0.2.1");
    told(first, 20);
    for (int i = 0; i < 10_000; i++) {
      failures.count(InetAddress.getByAddress(new byte[] {10, 0, (byte) (i >> 8), (byte) i}));
    }
    assertEquals(1, told(first, 1));
  }

  private long told(InetAddress address, int times) {
    List<Boolean> answers =
        IntStream.range(0, times).mapToObj(any -> failures.count(address)).toList();
    return answers.stream().filter(told -> told).count();
  }

  private static InetAddress address(String text) throws UnknownHostException {
    return InetAddress.getByName(text);
  }
}
