package com.nokia.ci.tas.commons.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.TextMessage;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** That readers of lines find in our messages what XML parsers find there. */
final class EarlierReadersTest {
  private static final MessageCodec CODEC = new MessageCodec();
  private static final int MESSAGES = 200;

  @Test
  void anEarlierNodeUnderstandsEveryValueAsItIs() throws Exception {
    for (long seed = 0; seed < MESSAGES; seed++) {
      var message = new GeneratedMessages(seed).next();

      assertEquals(
          leaves(message).stream().filter(EarlierReadersTest::isForEarlierNodes).toList(),
          EarlierLineReader.read(written(message, Dialect.EARLIER)).leaves(),
          "seed " + seed);
    }
  }

  @Test
  void anEarlierClientOrServiceUnderstandsEveryValueWithItsEscapes() throws Exception {
    for (long seed = 0; seed < MESSAGES; seed++) {
      var message = new GeneratedMessages(seed).next();
      var understood = EarlierLineReader.read(written(message, Dialect.ESCAPED)).leaves();

      assertEquals(
          leaves(message),
          understood.stream().map(EarlierReadersTest::unescaped).toList(),
          "seed " + seed);
    }
  }

  @Test
  void anEarlierReaderLosesNoLineOfAText() {
    for (long seed = 0; seed < MESSAGES; seed++) {
      if (new GeneratedMessages(seed).next() instanceof TextMessage message) {
        long expected = message.text().lines().filter(line -> !line.trim().isEmpty()).count();

        assertEquals(expected, lines(message, Dialect.EARLIER), "seed " + seed);
        assertEquals(expected, lines(message, Dialect.ESCAPED), "seed " + seed);
      }
    }
  }

  /** Secrets are for nodes that know what a secret is; hints are for those that heed them. */
  private static boolean isForEarlierNodes(String leaf) {
    return !leaf.startsWith("test/direct=")
        && !leaf.startsWith("test/secret-variables=")
        && !leaf.startsWith("test/large-artifacts=")
        && !leaf.startsWith("test/lenders=")
        && !leaf.startsWith("test-node/holds=")
        && !leaf.startsWith("test/priority=")
        && !leaf.startsWith("test/submission=")
        && !leaf.startsWith("test/bond=")
        && !leaf.startsWith("test/plan=")
        && !leaf.startsWith("test/code=")
        && !leaf.startsWith("test/retries=")
        && !leaf.startsWith("test/waiting-timeout=")
        && !leaf.startsWith("test/preparation-timeout=")
        && !leaf.startsWith("test/execution-timeout=")
        && !leaf.startsWith("test/distribution=");
  }

  private static long lines(Message message, Dialect dialect) {
    return EarlierLineReader.read(written(message, dialect)).text().lines().count();
  }

  private static String written(Message message, Dialect dialect) {
    return new String(CODEC.write(message, dialect), UTF_8);
  }

  private static String unescaped(String value) {
    return value.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }

  /** The leaves that an XML parser finds. */
  private static List<String> leaves(Message message) throws Exception {
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(CODEC.write(message, Dialect.ESCAPED)));
    var leaves = new ArrayList<String>();
    collect(document.getDocumentElement(), leaves);
    return leaves;
  }

  private static void collect(Element block, List<String> leaves) {
    for (Node node = block.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child && !child.getTagName().equals("text")) {
        boolean isLeaf = child.getElementsByTagName("*").getLength() == 0;
        String parent = block.getTagName().equals("envelope") ? "message" : block.getTagName();
        if (isLeaf) {
          leaves.add(parent + "/" + child.getTagName() + "=" + child.getTextContent());
        } else {
          collect(child, leaves);
        }
      }
    }
  }
}
