package com.nokia.ci.tas.commons.transport;

import static com.nokia.ci.tas.commons.transport.Net.encoded;
import static com.nokia.ci.tas.commons.transport.Net.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.message.SessionOffer;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What peers that say too much, or half of it, may hold of the memory. */
@Isolated("it looks at the whole memory of the Java machine")
final class HeldMemoryTest {
  private final Net net = new Net();
  private final FakeReceiver receiver = FakeReceiver.ofMessages();

  @AfterEach
  void closeEverything() throws IOException {
    net.close();
  }

  @Test
  void memoryIsBoundedPerConnection() throws Exception {
    Listener listener = net.transport().listen(ListenSettings.on(0), receiver);
    net.connect(listener).send(encoded(text("first"))).answer();
    byte[] half = Arrays.copyOf(encoded(text("x".repeat(10_000))), 3_000);
    long before = retained();
    for (int i = 0; i < 1_000; i++) {
      net.connect(listener).send(half);
    }
    net.connect(listener).send(encoded(text("last"))).answer();

    long each = (retained() - before) / 1_000;
    assertTrue(each < 32 * 1024, each + " bytes for each half message of 3,000");
    assertEquals(List.of("first", "last"), receiver.nextTexts(2));
  }

  @Test
  void anEndlessMessageKeepsNoMoreThanTheCap() throws Exception {
    Listener listener =
        net.transport(Caps.DEFAULT.withMessageBytes(1 << 20))
            .listen(ListenSettings.on(0), receiver);
    RawPeer peer = net.connect(listener).send("<?xml version=\"1.0\"?>\n<message><id>");
    byte[] chunk = new byte[1 << 20];
    Arrays.fill(chunk, (byte) 'x');
    long before = retained();
    int sent = 0;
    try {
      while (sent < 300) {
        peer.send(chunk);
        sent++;
      }
    } catch (IOException e) {
      assertTrue(sent < 300, e.getMessage());
    }

    assertTrue(sent < 50, sent + " MiB were taken");
    long held = retained() - before;
    assertTrue(held < 16 << 20, held + " bytes are held");
    net.connect(listener).send(encoded(text("hello"))).answer();
    assertEquals(text("hello"), receiver.next());
  }

  @Test
  void halfMessagesOfSessionsHoldNoMoreThanTheirBytes() throws Exception {
    Listener listener =
        net.transport()
            .listen(
                ListenSettings.on(0)
                    .withSessions(
                        SessionRig.admitting(SessionRig.LONG),
                        new KeptWatch(),
                        SessionLimits.DEFAULT),
                receiver);
    long before = retained();
    for (int i = 0; i < 40; i++) {
      RawPeer peer = net.connect(listener);
      var offer = SessionOffer.of(String.format("%032d", i));
      peer.send(encoded(SessionRig.REGISTRATION.offering(offer))).awaitByte();
      peer.send(HexFormat.of().parseHex("0030000010" + "0000000000000001"));
      try {
        peer.send(new byte[3_000_000]);
      } catch (IOException e) {
        assertTrue(i > 20, "cut off although there was room: " + i);
      }
    }

    long held = retained() - before;
    assertTrue(held < 100 << 20, held + " bytes are held");
  }

  private static long retained() {
    System.gc();
    System.gc();
    Runtime memory = Runtime.getRuntime();
    return memory.totalMemory() - memory.freeMemory() + PlatformDependent.usedDirectMemory();
  }
}
