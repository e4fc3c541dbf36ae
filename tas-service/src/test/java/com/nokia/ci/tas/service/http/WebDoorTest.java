package com.nokia.ci.tas.service.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.service.Until;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class WebDoorTest {
  private final CountDownLatch go = new CountDownLatch(1);
  private final WebDoor door =
      new WebDoor(
          new Router()
              .page("/", any -> Answer.html("<p>home</p>"))
              .page("/broken", WebDoorTest::breakDown)
              .page("/slow", any -> slow()));
  private final EmbeddedChannel channel = new EmbeddedChannel();

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
    door.close();
  }

  @Test
  void aPageIsSentWithItsGuards() {
    say("GET / HTTP/1.1\r\nhost: farm\r\n\r\n");

    String answer = hear("</p>");
    assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
    assertTrue(answer.endsWith("\r\n\r\n<p>home</p>"), answer);
    for (String header :
        new String[] {
          "content-type: text/html; charset=utf-8",
          "content-length: 11",
          "cache-control: no-store",
          "x-content-type-options: nosniff",
          "content-security-policy: default-src 'none';",
          "frame-ancestors 'none'",
          "x-frame-options: DENY",
          "referrer-policy: same-origin"
        }) {
      assertTrue(answer.contains(header), header + " in " + answer);
    }
  }

  @Test
  void aRequestMayComeByteByByte() {
    for (char each : "GET / HTTP/1.1\r\nhost: farm\r\n\r\n".toCharArray()) {
      say(String.valueOf(each));
    }

    assertTrue(hear("</p>").startsWith("HTTP/1.1 200 OK"));
  }

  @Test
  void aHeadHasTheLengthAndNoBody() {
    say("HEAD / HTTP/1.1\r\nhost: farm\r\n\r\n");

    String answer = hear("\r\n\r\n");
    assertTrue(answer.contains("content-length: 11"), answer);
    assertFalse(answer.contains("home"), answer);
  }

  @Test
  void requestsOfOneConnectionAreAnsweredInTurn() {
    say("GET /slow HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n");
    go.countDown();

    String answer = hear("</p>");
    assertTrue(answer.indexOf("at last") < answer.indexOf("home"), answer);
    assertTrue(channel.isActive());
  }

  @Test
  void anOldClientIsAnsweredAndLeft() {
    say("GET / HTTP/1.0\r\n\r\n");

    assertTrue(hear("</p>").contains("200 OK"));
    settle();
    assertFalse(channel.isActive());
  }

  @Test
  void aPageThatBreaksIsAnAnswerToo() {
    say("GET /broken HTTP/1.1\r\n\r\n");

    assertTrue(hear("why.").startsWith("HTTP/1.1 500 "));
  }

  @ParameterizedTest
  @CsvSource({
    "nonsense, 400",
    "long address, 414",
    "long headers, 431",
    "long body, 413",
    "method, 405",
    "unknown, 404"
  })
  void whatCannotBeAnsweredIsRefused(String kind, int status) {
    say(
        switch (kind) {
          case "nonsense" -> "GET\r\n\r\n";
          case "long address" -> "GET /" + "a".repeat(5_000) + " HTTP/1.1\r\n\r\n";
          case "long headers" -> "GET / HTTP/1.1\r\nx: " + "a".repeat(9_000) + "\r\n\r\n";
          case "long body" ->
              "POST / HTTP/1.1\r\ncontent-length: 20000\r\n\r\n" + "a".repeat(20_000);
          case "method" -> "DELETE / HTTP/1.1\r\n\r\n";
          default -> "GET /nowhere HTTP/1.1\r\n\r\n";
        });

    assertEquals("HTTP/1.1 " + status, hear("\r\n\r\n").substring(0, 12));
  }

  @Test
  void whoeverSendsHalfARequestIsLeftInTheEnd() {
    say("GET / HTTP/1.1\r\nho");
    assertTrue(channel.isActive());

    channel.advanceTimeBy(31, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();

    assertFalse(channel.isActive());
  }

  private static Answer breakDown(String any) {
    throw new IllegalStateException("broken on purpose");
  }

  private Answer slow() {
    try {
      go.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Answer.text("at last");
  }

  private void say(String bytes) {
    if (channel.pipeline().get(HttpConversation.class) == null) {
      channel.freezeTime();
      door.accept(channel.pipeline());
    }
    channel.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.UTF_8));
  }

  /** What is answered, up to the text that ends it. */
  private String hear(String end) {
    var answer = new StringBuilder();
    Until.isSo(
        () -> {
          settle();
          ByteBuf bytes = channel.readOutbound();
          if (bytes != null) {
            answer.append(bytes.toString(StandardCharsets.UTF_8));
            bytes.release();
          }
          return answer.indexOf(end) >= 0;
        });
    return answer.toString();
  }

  private void settle() {
    channel.runPendingTasks();
  }
}
