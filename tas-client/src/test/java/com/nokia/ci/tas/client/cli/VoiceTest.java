package com.nokia.ci.tas.client.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nokia.ci.tas.client.internal.TestObserver.Transfer;
import com.nokia.ci.tas.client.verdict.Verdict;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What people see of what goes on for a while, and what a log and a program do not. */
final class VoiceTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private long now;

  @Test
  void onATerminalOneLineIsWrittenAgainAndGivesWayToOutput() {
    Voice voice = voice(Voice.Manner.TERMINAL);

    voice.transferring(image(0));
    now += TimeUnit.SECONDS.toNanos(2);
    voice.transferring(image(50_000_000));
    voice.output("t", "", "hello");
    voice.transferred("image.img");
    voice.note("t", "done");

    assertEquals("hello\n", out.toString());
    assertEquals(
        "tas: sending image.img [....................] 0 B of 200 MB"
            + "\r\u001b[Ktas: sending image.img [#####...............] 50.0 MB of 200 MB, 25.0 MB/s,"
            + " 6 s left"
            + "\r\u001b[Ktas: sending image.img [#####...............] 50.0 MB of 200 MB, 25.0 MB/s,"
            + " 6 s left"
            + "\r\u001b[Ktas: done\n",
        err.toString());
  }

  @Test
  void aLogHearsOfProgressNowAndThen() {
    Voice voice = voice(Voice.Manner.LOG);

    for (int second = 0; second <= 31; second++) {
      voice.transferring(new Transfer("log.zip", true, second * 1_500_000L, -1));
      now += TimeUnit.SECONDS.toNanos(1);
    }

    assertEquals(
        """
        tas: getting log.zip 0 B
        tas: getting log.zip 22.5 MB, 1.5 MB/s
        tas: getting log.zip 45.0 MB, 1.5 MB/s
        """,
        err.toString());
  }

  @ParameterizedTest
  @EnumSource(
      value = Voice.Manner.class,
      names = {"JSON", "QUIET"})
  void programsAndThoseWhoWantQuietHearOfNoProgress(Voice.Manner manner) {
    Voice voice = voice(manner);

    voice.transferring(image(1_000_000));
    voice.progress("waiting");

    assertEquals("", out.toString() + err);
  }

  @Test
  void quietIsTheOutputAndTheVerdict() {
    Voice voice = voice(Voice.Manner.QUIET);

    voice.note("t", "test t is accepted");
    voice.waiting("t", "place 3 of 9");
    voice.output("t", "", "hello");
    voice.verdict(Verdict.PASS, "fine", Map.of());

    assertEquals("hello\n", out.toString());
    assertEquals("tas: verdict PASS: fine\n", err.toString());
  }

  @Test
  void waitingIsALineOfATerminalToo() {
    Voice voice = voice(Voice.Manner.COLOURS);

    voice.waiting("t", "test t waits: place 3 of 9");
    voice.waiting("t", "test t waits: place 2 of 9");
    voice.progress("");

    assertEquals(
        "tas: test t waits: place 3 of 9\r\u001b[Ktas: test t waits: place 2 of 9\r\u001b[K",
        err.toString());
  }

  @Test
  void aFileThatBeginsAnewCountsAnewAndSeveralAreCounted() {
    var transfers = new Transfers(() -> now);

    transfers.on(new Transfer("a", false, 4_000_000, 8_000_000));
    now += TimeUnit.SECONDS.toNanos(1);
    String again = transfers.on(new Transfer("a", false, 1_000_000, 8_000_000));
    String second = transfers.on(new Transfer("b", true, 5_400_000_000L, 9_000_000_000L));

    assertEquals("sending a [##..................] 1.0 MB of 8.0 MB", again);
    assertEquals("getting b [############........] 5.4 GB of 9.0 GB, and 1 more", second);
  }

  private static Transfer image(long bytes) {
    return new Transfer("image.img", false, bytes, 200_000_000);
  }

  private Voice voice(Voice.Manner manner) {
    return new Voice(new PrintWriter(out), new PrintWriter(err), manner, () -> now);
  }
}
