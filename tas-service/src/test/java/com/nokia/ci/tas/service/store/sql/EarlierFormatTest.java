package com.nokia.ci.tas.service.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an earlier program wrote is read, and nothing of it is lost. */
final class EarlierFormatTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  @Test
  void aStoreOfFormat1Opens() throws IOException {
    Files.write(directory.resolve("farm.db"), resource("format-1/farm.db"));
    var then = new String(resource("format-1/told.jsonl"), StandardCharsets.UTF_8).lines().toList();
    List<String> now;
    try (var store = KeptStore.open(directory)) {
      now = KeptStore.told(store);
    }
    assertEquals(then.size(), now.size());
    for (int i = 0; i < then.size(); i++) {
      assertHolds(JSON.readTree(then.get(i)), JSON.readTree(now.get(i)), then.get(i));
    }
  }

  /** What was there is there; more may be, for a record may have gained a component. */
  private static void assertHolds(JsonNode then, JsonNode now, String line) {
    if (then.isObject()) {
      assertTrue(now.isObject(), line);
      then.properties()
          .forEach(
              field -> {
                assertTrue(now.has(field.getKey()), () -> field.getKey() + " is lost of " + line);
                assertHolds(field.getValue(), now.get(field.getKey()), line);
              });
    } else if (then.isArray()) {
      assertEquals(then.size(), now.size(), line);
      for (int i = 0; i < then.size(); i++) {
        assertHolds(then.get(i), now.get(i), line);
      }
    } else {
      assertEquals(then, now, line);
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = EarlierFormatTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }
}
