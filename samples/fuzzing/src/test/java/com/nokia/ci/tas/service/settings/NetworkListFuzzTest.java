package com.nokia.ci.tas.service.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nokia.ci.tas.fuzzing.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A list of networks is understood or refused; no name is ever looked up for it. */
class NetworkListFuzzTest {
  static Stream<byte[]> seeds() {
    return Seeds.of("10.1.0.0/16, 192.168.7.20 fd00::/8", "::ffff:10.0.0.1/128", "0.0.0.0/0", "1");
  }

  @MethodSource("seeds")
  @FuzzTest
  void aListMeansTheSameWrittenAnew(byte[] bytes) {
    try {
      var list = NetworkList.parse(new String(bytes, StandardCharsets.UTF_8));
      assertEquals(list, NetworkList.parse(list.toString()));
      list.networks().forEach(network -> assertTrue(list.contains(network.base())));
    } catch (IllegalArgumentException refused) {
      assertTrue(refused.getMessage().length() > 10);
    }
  }
}
