package com.nokia.ci.tas.commons.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SniffingTest {

  @ParameterizedTest
  @ValueSource(strings = {"<", "<?xml", " <", "\t<", "\n<", "\r\n", "\uFEFF<?xml", "<GET "})
  void xmlBeginsWithABracketABlankOrAByteOrderMark(String begin) {
    assertEquals(Sniffing.XML, sniff(begin));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n",
        "HEAD ",
        "POST /",
        "PUT /",
        "DELETE /",
        "OPTIONS *",
        "PATCH /",
        "TRACE /",
        "CONNECT a:1"
      })
  void httpBeginsWithAVerb(String begin) {
    assertEquals(Sniffing.HTTP, sniff(begin));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "G", "GE", "GET", "P", "PU", "PA", "CONNECT", "OPTIONS"})
  void theBeginningOfAVerbIsNotDecided(String begin) {
    assertEquals(Sniffing.UNDECIDED, sniff(begin));
  }

  @ParameterizedTest
  @ValueSource(strings = {"X", "get /", "GETX", "PUTT", "\u0000", "{}", "CONNECTS"})
  void everythingElseIsNeither(String begin) {
    assertEquals(Sniffing.NEITHER, sniff(begin));
  }

  @Test
  void tlsBeginsWithAHandshake() {
    assertEquals(Sniffing.TLS, sniff("\u0016\u0003\u0001"));
  }

  @ParameterizedTest
  @CsvSource({"GET / HTTP/1.1, HTTP", "GETX, NEITHER", "DELETE /x, HTTP"})
  void theVerdictDoesNotDependOnWhereTheBytesAreCut(String begin, Sniffing verdict) {
    for (int length = 0; length < begin.length(); length++) {
      Sniffing sooner = sniff(begin.substring(0, length));
      if (sooner != Sniffing.UNDECIDED) {
        assertEquals(verdict, sooner, begin.substring(0, length));
      }
    }
    assertEquals(verdict, sniff(begin));
  }

  @Test
  void lookingTakesNothing() {
    var bytes = Unpooled.copiedBuffer("GET / HTTP/1.1", StandardCharsets.US_ASCII);

    Sniffing.of(bytes);

    assertEquals(14, bytes.readableBytes());
  }

  private static Sniffing sniff(String text) {
    return Sniffing.of(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
  }
}
