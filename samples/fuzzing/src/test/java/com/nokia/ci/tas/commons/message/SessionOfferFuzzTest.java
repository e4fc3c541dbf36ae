package com.nokia.ci.tas.commons.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.model.RunReference;
import com.nokia.ci.tas.fuzzing.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What a registration offers and lists is understood or refused, and says the same anew. */
class SessionOfferFuzzTest {
  private static final String INSTANCE = "instance=5d0c9f2e8a4b4c7e9d1f3a2b1c0d9e8f";

  static Stream<byte[]> offers() {
    return Seeds.of(
        "1 " + INSTANCE,
        "2 " + INSTANCE + " resume=0a:0b received=7 token=tas-client-abc new=1",
        "1 ticket=abc " + INSTANCE);
  }

  static Stream<byte[]> runs() {
    return Seeds.of("", "nightly_7/1/004402470970868:004402470970869|smoke_1/2/", "a/0/1");
  }

  @MethodSource("offers")
  @FuzzTest
  void anOfferSaysTheSameWrittenAnew(byte[] bytes) {
    try {
      var offer = SessionOffer.parse(new String(bytes, StandardCharsets.UTF_8));
      assertEquals(offer, SessionOffer.parse(offer.text()));
      var another = offer.withToken(offer.token().map(token -> "another"));
      assertEquals(another.toString(), offer.toString(), "the token is shown");
    } catch (ProtocolException refused) {
      assertTrue(refused.getMessage().length() < 2_000, refused.getMessage());
    }
  }

  @MethodSource("runs")
  @FuzzTest
  void aListOfRunsSaysTheSameWrittenAnew(byte[] bytes) {
    try {
      var runs = RunReference.parseAll(new String(bytes, StandardCharsets.UTF_8));
      assertEquals(runs, RunReference.parseAll(RunReference.text(runs)));
    } catch (ProtocolException refused) {
      assertTrue(refused.getMessage().length() < 2_000, refused.getMessage());
    }
  }
}
