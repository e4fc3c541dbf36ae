package com.nokia.ci.tas.commons.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nokia.ci.tas.fuzzing.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** An address that is understood is written as it was read. */
class EndpointFuzzTest {
  static Stream<byte[]> seeds() {
    return Seeds.of("farm.example.org:31415", "[fd00::1]:1", "10.0.0.1:65535", ":5", "a:70000");
  }

  @MethodSource("seeds")
  @FuzzTest
  void anAddressIsReadAndWrittenTheSame(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    try {
      var endpoint = Endpoint.parse(text);
      assertEquals(endpoint, Endpoint.parse(endpoint.toString()));
    } catch (IllegalArgumentException notAnAddress) {
      assertEquals(String.class, notAnAddress.getMessage().getClass());
    }
  }
}
