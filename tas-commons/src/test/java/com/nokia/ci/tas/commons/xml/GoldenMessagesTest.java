package com.nokia.ci.tas.commons.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.message.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** That the messages of the protocol reference are the ones that our programs write and read. */
final class GoldenMessagesTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final Path REFERENCE = Path.of("../docs/protocol.md");
  private static final Path REFERENCE_OF_SESSIONS = Path.of("../docs/session.md");
  private static final MessageCodec CODEC = new MessageCodec();
  private static final Map<String, Message> MESSAGES = GoldenMessages.all();

  @TestFactory
  Stream<DynamicTest> eachIsWrittenAsItIsShown() {
    return each(
        (name, text) ->
            assertEquals(
                text, new String(CODEC.write(MESSAGES.get(name), Dialect.ESCAPED), UTF_8)));
  }

  @TestFactory
  Stream<DynamicTest> eachIsReadAsWhatItMeans() {
    return each((name, text) -> assertEquals(MESSAGES.get(name), CODEC.read(text.getBytes(UTF_8))));
  }

  @TestFactory
  Stream<DynamicTest> eachIsInTheProtocolReference() throws IOException {
    String reference = Files.readString(REFERENCE) + Files.readString(REFERENCE_OF_SESSIONS);
    return each((name, text) -> assertTrue(reference.contains("```xml\n" + text + "```\n"), name));
  }

  @Test
  void thereIsAFileForEachAndNoOther() throws IOException {
    try (var files = Files.list(GOLDEN)) {
      assertEquals(
          new TreeSet<>(MESSAGES.keySet()),
          files
              .map(file -> file.getFileName().toString().replace(".xml", ""))
              .collect(Collectors.toCollection(TreeSet::new)));
    }
  }

  private interface Check {
    void on(String name, String text) throws IOException;
  }

  private static Stream<DynamicTest> each(Check check) {
    return MESSAGES.keySet().stream()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name, () -> check.on(name, Files.readString(GOLDEN.resolve(name + ".xml")))));
  }
}
