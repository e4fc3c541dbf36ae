package com.nokia.ci.tas.samples.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Patience;
import com.nokia.ci.tas.samples.farm.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Programs of a release are understood by the service of today: what they said in their sessions is
 * kept octet by octet and said again. A release adds a directory and takes none away while it is
 * supported.
 */
class GoldenConversationsTest {
  private static final Path CONVERSATIONS =
      Program.ROOT.resolve("samples/src/test/resources/conversations");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path scratch;

  @ParameterizedTest
  @ValueSource(strings = "0.1.0")
  void aNodeAndAClientOfTheReleaseRunATestWithTheServiceOfToday(String release) throws Exception {
    assertUnderstood(CONVERSATIONS.resolve(release));
  }

  @Test
  void whatIsRecordedOfTheProgramsOfTodayIsUnderstoodWhenItIsSaidAgain() throws Exception {
    Path recorded = scratch.resolve("recorded");

    assertEquals(0, Conformance.run(List.of("--record", recorded.toString()), System.out));

    assertUnderstood(recorded);
  }

  private void assertUnderstood(Path conversations) throws Exception {
    // Nobody beats while it waits: beats are no part of what was kept.
    try (var farm = LocalFarm.start(scratch.resolve("farm"), "session-silence=600000")) {
      var service = Address.parse(farm.address());
      var node = play(conversations.resolve("node.txt"), service);
      Patience.untilTrue("the product is there", () -> !farm.products().isEmpty());
      var client = play(conversations.resolve("client.txt"), service);

      client.get(3, TimeUnit.MINUTES);
      node.get(3, TimeUnit.MINUTES);

      JsonNode test = farm.tests().get(0);
      assertEquals("golden_1", test.path("id").asText());
      assertEquals("finished", test.path("verdict").asText(), test.toString());
      assertEquals(1, test.path("attempts").asInt());
    }
  }

  private static CompletableFuture<Void> play(Path file, Address service) throws Exception {
    var conversation = Conversation.of(file);
    return CompletableFuture.runAsync(
        () -> {
          try {
            conversation.play(service, PATIENCE);
          } catch (Exception e) {
            throw new CompletionException(file + ": " + e.getMessage(), e);
          }
        });
  }
}
