package com.nokia.ci.tas.ciproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.ciproxy.detector.Device;
import com.nokia.ci.tas.ciproxy.detector.Facts;
import com.nokia.ci.tas.ciproxy.sighting.Sightings;
import com.nokia.ci.tas.ciproxy.sighting.Tolerance;
import com.nokia.ci.tas.commons.launch.SteadyClock;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What communicators hear of a cable that goes in and out. */
final class BadCableTest {
  private static final Device PHONE =
      new Device(
          "490154203237518", "RM-980", "A", "adb-A", "", Facts.of(Map.of("cable", "usb:1-1.4")));
  private static final String CONNECTION = "@RM-980|A|adb-A|490154203237518|$";
  private static final Tolerance HURRIED =
      new Tolerance(3, Duration.ofHours(1), Duration.ofMillis(500), Duration.ofSeconds(3));

  @Test
  void itIsToldOfAgainWhenItIsSteadyWithItsPortAndLaterWithoutThoughNoDetectorSignals()
      throws IOException {
    var detector = new FakeDetector();
    var sightings =
        new Sightings(List.of(detector), Optional.empty(), HURRIED, SteadyClock.startingNow());
    var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (sightings;
        var server = new CiProxyServer(anyPort, sightings);
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      sightings.start(server::lookAgain);
      socket.setSoTimeout(60_000);
      InputStream in = socket.getInputStream();
      socket.getOutputStream().write("12".getBytes(StandardCharsets.US_ASCII));
      assertEquals("2$", message(in));
      assertEquals("3$", message(in));
      for (int i = 0; i < 3; i++) {
        detector.sees(PHONE);
        assertEquals("1" + CONNECTION, message(in));
        assertEquals("3@490154203237518|cable=usb%3A1-1.4$", message(in));
        detector.sees();
        assertEquals("0" + CONNECTION, message(in));
      }
      detector.sees(PHONE);
      assertEquals("1" + CONNECTION, message(in));
      assertEquals(
          "3@490154203237518|cable=usb%3A1-1.4|flapping=out%203%20times%20within%203600%20s%20at%20usb%3A1-1.4$",
          message(in));
      assertEquals("3@490154203237518|cable=usb%3A1-1.4$", message(in));
    }
  }

  private static String message(InputStream in) throws IOException {
    var message = new StringBuilder();
    int c;
    do {
      c = in.read();
      assertTrue(c >= 0, () -> "the bridge closed the connection after " + message);
      message.append((char) c);
    } while (c != '$');
    return message.toString();
  }
}
