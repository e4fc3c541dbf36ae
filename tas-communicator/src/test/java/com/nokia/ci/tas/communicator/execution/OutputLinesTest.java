package com.nokia.ci.tas.communicator.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OutputLinesTest {
  @Test
  void linesAreTheSameHoweverTheBytesAreCut() {
    byte[] bytes = "first\nzwei: äöü€\r\n\r\n\uD83D\uDE00 \n100%\rlast".getBytes(UTF_8);
    var expected = List.of("first", "zwei: äöü€", "", "\uD83D\uDE00 ", "100%", "last");
    for (int size = 1; size <= bytes.length; size++) {
      assertEquals(expected, lines(bytes, size), "in pieces of " + size);
    }
  }

  @Test
  void whatIsNoTextIsMarked() {
    assertEquals(
        List.of("a\uFFFDb", "\uFFFD[31m\uFFFD"),
        lines(new byte[] {'a', (byte) 0xFF, 'b', '\n', 27, '[', '3', '1', 'm', 0}, 3));
  }

  @Test
  void aCharacterCutOffAtTheEndIsMarked() {
    assertEquals(List.of("x\uFFFD"), lines(new byte[] {'x', (byte) 0xE2, (byte) 0x82}, 1));
  }

  @Test
  void longLinesComeInPiecesThatCutNoCharacter() {
    String text = "a".repeat(OutputLines.LONGEST - 1) + "\uD83D\uDE00".repeat(3);
    var pieces = lines(text.getBytes(UTF_8), 1000);
    assertEquals(text, String.join("", pieces));
    assertEquals(2, pieces.size());
    assertEquals(OutputLines.LONGEST + 1, pieces.get(0).length());
  }

  private static List<String> lines(byte[] bytes, int size) {
    var lines = new ArrayList<String>();
    var splitter = new OutputLines(lines::add);
    for (int from = 0; from < bytes.length; from += size) {
      byte[] piece = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + size));
      splitter.add(piece, piece.length);
    }
    splitter.end();
    return lines;
  }
}
