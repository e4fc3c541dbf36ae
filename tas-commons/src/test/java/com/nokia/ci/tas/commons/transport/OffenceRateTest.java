package com.nokia.ci.tas.commons.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class OffenceRateTest {
  private final AtomicLong now = new AtomicLong();
  private final OffenceRate rate = new OffenceRate(now::get);

  @Test
  void eachAddressHasItsOwnMinute() {
    assertEquals(1, rate.count(address("10.0.0.1")));
    assertEquals(2, rate.count(address("10.0.0.1")));
    assertEquals(1, rate.count(address("10.0.0.2")));
    now.addAndGet(Duration.ofMinutes(1).toNanos());
    assertEquals(1, rate.count(address("10.0.0.1")));
  }

  @Test
  void anAddressIsExhaustedUntilItsMinuteIsOver() {
    assertFalse(rate.isExhausted(address("10.0.0.1")));
    for (int i = 0; i < OffenceRate.TOLERATED; i++) {
      rate.count(address("10.0.0.1"));
    }
    assertTrue(rate.isExhausted(address("10.0.0.1")));
    assertFalse(rate.isExhausted(address("10.0.0.2")));
    now.addAndGet(Duration.ofMinutes(1).toNanos());
    assertFalse(rate.isExhausted(address("10.0.0.1")));
  }

  @Test
  void theAddressesOfOneNetworkOfTheNewerKindCountAsOne() {
    assertEquals(1, rate.count(address("2001:db8:0:1::1")));
    assertEquals(2, rate.count(address("2001:db8:0:1:ffff::2")));
    assertEquals(1, rate.count(address("2001:db8:0:2::1")));
  }

  @Test
  void manyAddressesAreForgottenRatherThanKept() {
    for (int i = 0; i < 60_000; i++) {
      rate.count(address("10." + i / 62_500 + "." + i / 250 % 250 + "." + i % 250));
    }

    assertTrue(rate.origins() <= 10_000);
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
