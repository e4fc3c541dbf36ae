package com.nokia.ci.tas.service.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nokia.ci.tas.commons.model.Rights;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.fuzzing.Seeds;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** The page answers any request with a page or a refusal, and one request with one answer. */
class HttpFuzzTest {
  private static final Router ROUTER =
      new Router()
          .page("/", any -> Answer.html("<p>home</p>"))
          .page("/api/v1/tests/{}", id -> Answer.sentence(200, "test " + id))
          .otherwise(
              path ->
                  path.startsWith("/earlier")
                      ? Optional.of(Answer.sentence(200, "earlier"))
                      : Optional.empty());
  private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "DELETE", "");

  static Stream<byte[]> requests() {
    return Seeds.of(
        "GET / HTTP/1.1\r\nhost: farm\r\n\r\n",
        "HEAD /api/v1/tests/a%20b?x=1&y=%C3%A4 HTTP/1.1\r\n\r\nGET / HTTP/1.0\r\n\r\n",
        "POST / HTTP/1.1\r\ncontent-length: 5\r\n\r\nhelloGET / HTTP/1.1\r\n\r\n",
        "POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "GET / HTTP/1.1\r\nexpect: 100-continue\r\ncontent-length: 99999\r\n\r\n",
        "GET http://farm/earlier/x HTTP/1.1\r\nconnection: close\r\n\r\n");
  }

  static Stream<byte[]> targets() {
    return Seeds.of("/", "/api/v1/tests/%2e%2e%2f", "http://h/earlier?a=b#c", "*", "//", "/%");
  }

  @MethodSource("requests")
  @FuzzTest
  void anyBytesAreAnsweredInHttpOrNotAtAll(byte[] bytes) {
    var channel = new EmbeddedChannel();
    WebDoor.speakHttp(
        channel.pipeline(), new HttpConversation(ROUTER, Runnable::run, Duration.ofMinutes(1)));
    try {
      channel.writeInbound(Unpooled.wrappedBuffer(bytes));
      channel.runPendingTasks();
      channel.checkException();
      String heard = heard(channel);
      assertTrue(heard.isEmpty() || heard.startsWith("HTTP/1.1 "), heard);
      assertFalse(heard.contains("HTTP/1.1 500"), heard);
    } finally {
      channel.finishAndReleaseAll();
    }
  }

  @MethodSource("targets")
  @FuzzTest
  void anyAddressHasAnAnswer(byte[] bytes) {
    String target = new String(bytes, StandardCharsets.ISO_8859_1);
    for (String method : METHODS) {
      Answer answer = ROUTER.answer(request(method, target)).join();
      assertTrue(List.of(200, 400, 404, 405).contains(answer.status()), answer.toString());
      answer
          .headers()
          .forEach((name, value) -> assertEquals(1, (name + value + ".").lines().count()));
    }
  }

  private static Request request(String method, String target) {
    var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    return new Request(
        method, target, Map.of(), target, new Peer(here, here), Visitor.anonymous(Rights.NONE));
  }

  private static String heard(EmbeddedChannel channel) {
    var text = new StringBuilder();
    for (Object out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      var buffer = (ByteBuf) out;
      text.append(buffer.toString(StandardCharsets.ISO_8859_1));
      buffer.release();
    }
    return text.toString();
  }
}
