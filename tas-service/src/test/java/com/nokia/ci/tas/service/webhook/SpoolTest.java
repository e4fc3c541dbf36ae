package com.nokia.ci.tas.service.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waits on disk, over kills and when there is too much of it. */
final class SpoolTest {
  private static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");
  private static final long ROOMY = 100_000;

  @TempDir Path directory;

  @Test
  void whatWasPutFirstIsTakenFirst() throws IOException {
    try (var spool = Spool.open(file(), ROOMY)) {
      spool.put(T0, "one");
      spool.put(T0.plusSeconds(1), "zwölf");

      assertEquals(T0, spool.first().orElseThrow().at());
      assertEquals("one", spool.first().orElseThrow().text(), "stays until it is taken");
      assertEquals(List.of("one", "zwölf"), all(spool));
      assertTrue(spool.first().isEmpty());
    }
  }

  @Test
  void whatWaitsIsThereAfterAKillAtAnyOctet() throws IOException {
    try (var spool = Spool.open(file(), ROOMY)) {
      spool.put(T0, "taken");
      spool.put(T0, "waits");
      spool.take(spool.first().orElseThrow());
      long before = Files.size(file());
      spool.put(T0, "half");
      byte[] whole = Files.readAllBytes(file());

      for (int size = (int) before; size <= whole.length; size++) {
        Path killed = directory.resolve("killed");
        Files.write(killed, Arrays.copyOf(whole, size));
        try (var next = Spool.open(killed, ROOMY)) {
          boolean isHalf = size > before && size < whole.length;
          assertEquals(isHalf ? 1 : 0, next.dropped());
          next.put(T0, "next");
          assertEquals(
              size == whole.length ? List.of("waits", "half", "next") : List.of("waits", "next"),
              all(next));
        }
      }
    }
  }

  @Test
  void whatIsDamagedIsNotRead() throws IOException {
    try (var spool = Spool.open(file(), ROOMY)) {
      spool.put(T0, "first");
      spool.put(T0, "last");
    }
    byte[] bytes = Files.readAllBytes(file());
    bytes[bytes.length - 1] ^= 1;
    Files.write(file(), bytes);

    try (var spool = Spool.open(file(), ROOMY)) {
      assertEquals(1, spool.dropped());
      assertEquals(List.of("first"), all(spool));
    }
  }

  @Test
  void theOldestMakeRoomAndAreCounted() throws IOException {
    try (var spool = Spool.open(file(), 200)) {
      for (int i = 0; i < 100; i++) {
        spool.put(T0, "text " + i);
      }
    }
    try (var spool = Spool.open(file(), 200)) {
      long dropped = spool.dropped();
      var left = all(spool);

      assertEquals(100, dropped + left.size());
      assertEquals(IntStream.range((int) dropped, 100).mapToObj(i -> "text " + i).toList(), left);
      assertTrue(left.size() > 1, left.toString());
      spool.toldOfDropped(dropped);
      assertEquals(0, spool.dropped());
    }
  }

  @Test
  void whatIsTakenMakesRoomInTheFile() throws IOException {
    try (var spool = Spool.open(file(), 1_000)) {
      spool.put(T0, "text 0");
      for (int i = 1; i < 1_000; i++) {
        spool.put(T0, "text " + i);
        var first = spool.first().orElseThrow();
        assertEquals("text " + (i - 1), first.text());
        spool.take(first);
      }
      assertEquals(0, spool.dropped());
      assertTrue(Files.size(file()) < 3_000, Files.size(file()) + " octets");
    }
  }

  @Test
  void whatWasDroppedWhileItWasOnItsWayTakesNoOtherAlong() throws IOException {
    try (var spool = Spool.open(file(), ROOMY)) {
      spool.put(T0, "old");
      spool.put(T0, "new");
      var onItsWay = spool.first().orElseThrow();
      spool.drop();
      spool.take(onItsWay);

      assertEquals(List.of("new"), all(spool));
    }
  }

  private Path file() {
    return directory.resolve("a.spool");
  }

  private static List<String> all(Spool spool) throws IOException {
    var texts = new ArrayList<String>();
    for (var next = spool.first(); next.isPresent(); next = spool.first()) {
      texts.add(next.get().text());
      spool.take(next.get());
    }
    return texts;
  }
}
