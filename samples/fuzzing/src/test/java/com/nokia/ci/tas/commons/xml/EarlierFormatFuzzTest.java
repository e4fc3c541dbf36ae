package com.nokia.ci.tas.commons.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.ctc.wstx.stax.WstxInputFactory;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.params.provider.MethodSource;

/** Lines that are no XML are repaired into some, or given up. */
class EarlierFormatFuzzTest {
  private static final WstxInputFactory PARSERS = new WstxInputFactory();

  @MethodSource("com.nokia.ci.tas.fuzzing.Seeds#messages")
  @FuzzTest
  void whatIsRepairedIsXml(byte[] bytes) throws XMLStreamException {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    var repaired = new EarlierFormat(text, Block.MESSAGE_DOCUMENT).repaired();
    if (repaired.isPresent()) {
      assertFalse(repaired.get().contains("<!"), repaired.get());
      var parser = PARSERS.createXMLStreamReader(new StringReader(repaired.get()));
      int event = parser.next();
      while (parser.hasNext()) {
        event = parser.next();
      }
      assertEquals(XMLStreamConstants.END_DOCUMENT, event);
    }
  }
}
