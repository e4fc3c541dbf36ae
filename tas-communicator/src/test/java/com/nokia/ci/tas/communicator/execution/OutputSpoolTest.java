package com.nokia.ci.tas.communicator.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.SealedValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class OutputSpoolTest {
  private static final long MUCH = 1L << 30;

  @TempDir Path directory;

  @Test
  void anyBytesSurvive() throws IOException {
    var bytes = new byte[300_000];
    new Random(7).nextBytes(bytes);
    var spool = spool(SealedValues.NONE, MUCH);

    add(spool, bytes, 70_001);

    assertArrayEquals(bytes, Files.readAllBytes(spool.file()));
    assertEquals(bytes.length, spool.length());
  }

  @Test
  void bytesThatAreNoTextSurviveBesideSealedValues() throws IOException {
    var bytes = new byte[100_000];
    new Random(7).nextBytes(bytes);
    var spool = spool(SealedValues.of(List.of("a value that is not in there")), MUCH);

    add(spool, bytes, 9_999);

    assertArrayEquals(bytes, Files.readAllBytes(spool.file()));
  }

  @Test
  void sealedValuesAreMaskedHoweverTheBytesAreCut() throws IOException {
    var sealed = SealedValues.of(List.of("geheim-ü€\uD83D\uDE00", "1234"));
    byte[] bytes = "a geheim-ü€\uD83D\uDE00 b\n1234\n12\n34 geheim-ü".getBytes(UTF_8);
    for (int size = 1; size <= bytes.length; size++) {
      var spool = spool(sealed, MUCH);
      add(spool, bytes, size);
      assertEquals(
          "a *** b\n***\n12\n34 geheim-ü", Files.readString(spool.file()), "in pieces of " + size);
    }
  }

  @Test
  void anOutputOverItsLimitIsCutWithAMarkAndItsEndKept() throws IOException {
    var spool = spool(SealedValues.NONE, 1_000);
    String flood = "0123456789abcde\n".repeat(100_000);

    add(spool, (flood + "the last words\n").getBytes(UTF_8), 50_000);

    String kept = Files.readString(spool.file());
    assertTrue(kept.startsWith(flood.substring(0, 1_000)), kept.substring(0, 1_100));
    assertTrue(kept.contains("\n[output is cut here: its limit is 1000 bytes; its end follows]\n"));
    assertTrue(kept.endsWith("0123456789abcde\nthe last words\n"));
    int left = kept.indexOf(" bytes of output are left out here]\n0123456789abcde\n");
    assertTrue(left > 0, "left out bytes are counted, and the end begins with a line");
    long counted = Long.parseLong(kept.substring(kept.lastIndexOf('[', left) + 1, left));
    String end = kept.substring(kept.indexOf('\n', left) + 1);
    assertEquals(flood.length() + "the last words\n".length(), 1_000 + counted + end.length());
    assertTrue(Files.size(spool.file()) < 1_000 + OutputTail.SIZE + 200);
  }

  @Test
  void aLittleMoreThanTheLimitIsOnlyMarked() throws IOException {
    var spool = spool(SealedValues.NONE, 4);

    add(spool, "abcdefgh".getBytes(UTF_8), 3);

    assertEquals(
        "abcd\n[output is cut here: its limit is 4 bytes; its end follows]\nefgh",
        Files.readString(spool.file()));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsToldAndDisturbsNobody() throws IOException {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.isWritable(full));
    var spool = OutputSpool.into(full, SealedValues.NONE, MUCH);

    add(spool, "lost words".getBytes(UTF_8), 4);

    assertEquals(
        Optional.of("[10 bytes of output could not be kept: No space left on device]"),
        spool.missing());
  }

  private OutputSpool spool(SealedValues sealed, long limit) {
    return OutputSpool.create(directory.resolve("output/t.log"), sealed, limit);
  }

  private static void add(OutputSpool spool, byte[] bytes, int size) {
    for (int from = 0; from < bytes.length; from += size) {
      byte[] piece = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + size));
      spool.add(piece, piece.length);
    }
    spool.end();
  }
}
