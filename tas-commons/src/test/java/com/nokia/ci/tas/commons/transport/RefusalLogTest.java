package com.nokia.ci.tas.commons.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class RefusalLogTest {
  private static final Peer NODE_1 = peer("10.0.0.1");
  private static final Peer NODE_2 = peer("10.0.0.2");

  private final AtomicLong now = new AtomicLong();
  private final RefusalLog log = new RefusalLog(now::get);

  /** Of the refusals here: another class may have peers refused meanwhile. */
  private final ListAppender<ILoggingEvent> lines =
      new ListAppender<>() {
        @Override
        protected void append(ILoggingEvent line) {
          if (line.getKeyValuePairs().get(0).toString().startsWith("from=\"10.")) {
            super.append(line);
          }
        }
      };

  @BeforeEach
  void listen() {
    lines.start();
    logger().setLevel(Level.WARN);
    logger().setAdditive(false);
    logger().addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    logger().detachAppender(lines);
    logger().setAdditive(true);
    logger().setLevel(null);
  }

  @Test
  void aRefusalNamesThePeerAndTheReason() {
    log.refused(NODE_1, "this is no message");

    ILoggingEvent line = lines.list.get(0);
    assertEquals("connection refused: this is no message", line.getFormattedMessage());
    assertEquals("from=\"10.0.0.1:4000\"", line.getKeyValuePairs().get(0).toString());
  }

  @Test
  void anAddressFillsTenLinesAMinute() {
    refuse(NODE_1, 100);
    refuse(NODE_2, 1);

    assertEquals(11, lines.list.size());
  }

  @Test
  void theNextMinuteBeginsWithTheNumberOfSilentOnes() {
    refuse(NODE_1, 100);
    now.addAndGet(Duration.ofMinutes(1).toNanos());
    refuse(NODE_1, 1);

    assertEquals(11, lines.list.size());
    assertEquals(
        List.of("from=\"10.0.0.1:4000\"", "notLogged=\"90\""),
        lines.list.get(10).getKeyValuePairs().stream().map(Object::toString).toList());
  }

  @Test
  void manyAddressesAreForgottenRatherThanKept() {
    for (int i = 0; i < 5_000; i++) {
      refuse(peer("10.1." + i / 250 + "." + i % 250), 1);
    }

    assertTrue(log.addresses() <= 1_000);
  }

  @Test
  void pastItsRateAnAddressIsNoLongerToldAndTheLogSaysSoOnce() {
    for (int i = 0; i < OffenceRate.TOLERATED; i++) {
      assertTrue(log.offended(NODE_1, "this is no message"));
    }
    int before = lines.list.size();
    for (int i = 0; i < 1_000; i++) {
      assertFalse(log.offended(NODE_1, "this is no message"));
    }

    assertEquals(before + 1, lines.list.size());
    assertTrue(lines.list.get(before).getFormattedMessage().contains("without an answer"));
    assertTrue(log.offended(NODE_2, "this is no message"), "another address is told");
    now.addAndGet(Duration.ofMinutes(1).toNanos());
    assertTrue(log.offended(NODE_1, "this is no message"), "a minute later");
  }

  private void refuse(Peer peer, int times) {
    for (int i = 0; i < times; i++) {
      log.refused(peer, "this is no message");
    }
  }

  private static Peer peer(String address) {
    return new Peer(
        new InetSocketAddress(address, 4000), new InetSocketAddress("10.0.0.9", 31_415));
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger(RefusalLog.class);
  }
}
