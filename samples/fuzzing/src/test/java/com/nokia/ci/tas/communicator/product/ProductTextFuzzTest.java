package com.nokia.ci.tas.communicator.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nokia.ci.tas.fuzzing.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A product file is read or refused with a sentence, and a change of one value changes that one.
 */
class ProductTextFuzzTest {
  static Stream<byte[]> seeds() {
    return Seeds.of(
        """
        <?xml version="1.0"?>
        <!-- rack 4 -->
        <product>
        \t<imei>1</imei>
        \t<status/>
        \t<role> main </role><sim1><pin1>1234</pin1>
        </sim1><x><y>1</y></x>
        </product>
        """,
        "<product><status><![CDATA[a]]>&amp;&#65;<!-- c --></status></product>",
        "<PRODUCT>\r\n  <IMEI a='b'>null</IMEI>\r\n</PRODUCT>",
        "<!DOCTYPE product [<!ENTITY a 'b'>]><product><imei>&a;</imei></product>");
  }

  @MethodSource("seeds")
  @FuzzTest
  void aChangedValueIsTheOnlyChange(byte[] bytes) {
    ProductText before;
    try {
      before = ProductText.parse(new String(bytes, StandardCharsets.UTF_8));
    } catch (BrokenFileException refused) {
      assertTrue(refused.getMessage().length() < 2_000, refused.getMessage());
      return;
    }
    var after = before.with(Map.of("status", "busy <&> x", "fingerprint", "f"));
    var expected = new TreeMap<>(before.description().values());
    expected.put("status", "busy <&> x");
    expected.put("fingerprint", "f");
    assertEquals(expected, after.description().values());
    assertEquals(after.text(), after.with(Map.of("status", "busy <&> x")).text());
  }
}
