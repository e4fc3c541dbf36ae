package com.nokia.ci.tas.service.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.service.news.LiveFarm;
import com.nokia.ci.tas.service.news.News;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a real server is told of a farm: in order, again and again, over kills. */
@Timeout(180)
final class WebhooksTest {
  private static final String SECRET = "0123456789abcdef-secret";
  private static final Limits QUICK = limits(1_000_000);
  private static final Pattern POINT =
      Pattern.compile("\"event\":\"(\\w+)\",\"data\":\\{(?:\"id\":\"(\\w+)\")?.*", Pattern.DOTALL);
  private static final Pattern STATE = Pattern.compile("\"state\":\"(\\w+)\"");

  @TempDir Path directory;

  private final LiveFarm farm = new LiveFarm();
  private final News news = News.of(farm.snapshot(), "life");
  private volatile Instant now = LiveFarm.T0;
  private Receiver receiver;
  private Webhooks webhooks;

  @BeforeEach
  void open() throws IOException {
    receiver = new Receiver();
  }

  @AfterEach
  void close() {
    if (webhooks != null) {
      webhooks.close();
    }
    news.close();
    receiver.close();
  }

  @Test
  void everyTransitionIsToldInItsOrderAndSigned() throws Exception {
    open("ci", "radio", news, QUICK);
    var first = receiver.next();
    assertTrue(first.body().contains("\"id\":\"life-0\",\"event\":\"gap\""), first.body());

    oneTest("a");

    assertEquals(
        List.of("a waiting", "a preparing", "a running", "a ended"),
        points(receiver.takenUntil("\"ended\"")));
    assertEquals(String.valueOf(LiveFarm.T0.getEpochSecond()), first.time());
    assertEquals(
        Signature.of(SECRET, LiveFarm.T0.getEpochSecond(), first.body()), first.signature());
  }

  /** As RFC 4231 and every other program have it; made with {@code openssl dgst -sha256 -hmac}. */
  @Test
  void theSignatureIsTheHmacOfTimeAndBody() {
    assertEquals(
        "sha256=fd9c4aaa2bc171c3e68e9970b291d63b0c0f3b81701853d4fd5f63bb3ebe91f6",
        Signature.of("a secret of the farm", 1_795_168_803L, "{\"dropped\":0}"));
  }

  @Test
  void whatIsNotTakenIsToldAgainBeforeAnythingElse() throws Exception {
    var asked = new AtomicInteger();
    int[] answers = {500, 302, 404, 204};
    receiver.answers(() -> answers[asked.getAndIncrement() % answers.length]);
    open("ci", "radio", news, QUICK);
    oneTest("a");

    var taken = receiver.takenUntil("\"ended\"");

    assertEquals(List.of("gap", "a waiting", "a preparing", "a running", "a ended"), points(taken));
    assertEquals(4 * taken.size(), asked.get(), "each was taken at the fourth try");
  }

  @Test
  void whatWaitsOutlivesAKill() throws Exception {
    receiver.answers(() -> 503);
    open("ci", "radio", news, QUICK);
    oneTest("a");
    Path killed = kept("\"ended\"");
    webhooks.close();
    Files.move(killed, spools().resolve("ci.spool"), StandardCopyOption.REPLACE_EXISTING);

    receiver.answers(() -> 200);
    var nextLife = News.of(farm.snapshot(), "next");
    open("ci", "radio", nextLife, QUICK);

    assertEquals(
        List.of("gap", "a waiting", "a preparing", "a running", "a ended", "gap"),
        points(receiver.takenUntil("\"next-0\"")));
    nextLife.close();
  }

  @Test
  void theOldestAreDroppedWhenTooMuchWaitsAndTheReceiverIsTold() throws Exception {
    receiver.answers(() -> 503);
    open("ci", "radio", news, limits(4_000));
    for (int i = 0; i < 30; i++) {
      oneTest("t" + i);
    }
    kept("\"t29\"");
    receiver.answers(() -> 200);

    var taken = receiver.takenUntil("\"t29\"");

    assertTrue(taken.stream().anyMatch(it -> !it.startsWith("{\"dropped\":0,")), taken.toString());
    assertTrue(taken.size() < 30, taken.size() + " fit");
  }

  @Test
  void whatIsTooOldIsDroppedAndTheReceiverIsTold() throws Exception {
    receiver.answers(() -> 503);
    open("ci", "radio", news, QUICK);
    oneTest("a");
    kept("\"ended\"");
    now = LiveFarm.T0.plus(Duration.ofDays(4));
    oneTest("b");
    while (!receiver.next().body().contains("\"id\":\"b\"")) {
      // Until none of the old ones is on its way.
    }
    receiver.answers(() -> 200);

    var taken = receiver.takenUntil("\"ended\"");

    assertEquals(List.of("b waiting", "b preparing", "b running", "b ended"), points(taken));
    assertTrue(taken.get(0).startsWith("{\"dropped\":5,"), taken.get(0));
  }

  @Test
  void aProjectsHookIsToldOfItsTestsAlone() throws Exception {
    open("ci", "space", news, QUICK);
    assertEquals("gap", point(receiver.next().body()));

    oneTest("a");
    webhooks.close();

    assertEquals(List.of(), receiver.rest());
    try (var spool = Spool.open(spools().resolve("ci.spool"), 1_000_000)) {
      for (var left = spool.first(); left.isPresent(); left = spool.first()) {
        // Its answer may not have been back before the end: then it is told once more.
        assertEquals("gap", point(left.get().text()));
        spool.drop();
      }
    }
  }

  @Test
  void whatIsChangedInTheFileIsInForceWithoutAStart() throws Exception {
    Path file = directory.resolve("webhooks.conf");
    Files.writeString(file, "# nobody yet\n");
    webhooks = Webhooks.open(file, spools(), news, () -> now, QUICK);
    assertEquals(WebhookCounts.NONE, webhooks.counts());

    Files.writeString(file, "ci radio " + SECRET + " " + receiver.address() + "\n");
    assertEquals("gap", point(receiver.next().body()), "what was before is not known");
    oneTest("a");
    assertEquals(
        List.of("a waiting", "a preparing", "a running", "a ended"),
        points(receiver.takenUntil("\"ended\"")));
    assertEquals(1, webhooks.counts().hooks());

    Files.writeString(file, "this is no hook\n");
    Files.writeString(file, "other - " + SECRET + " " + receiver.address() + "\n");
    assertTrue(receiver.next().body().contains("\"event\":\"gap\""));
    var counts = webhooks.counts();
    assertEquals(1, counts.hooks());
    assertTrue(counts.delivered() >= 5, counts.toString());
    assertEquals(0, counts.failed());
  }

  @Test
  void whatFailsAndWhatWaitsIsCounted() throws Exception {
    receiver.answers(() -> 503);
    open("ci", "radio", news, QUICK);
    oneTest("a");
    kept("\"ended\"");
    receiver.next();

    var counts = webhooks.counts();

    assertEquals(0, counts.delivered());
    assertTrue(counts.failed() > 0, counts.toString());
    assertTrue(counts.waiting() > 0, counts.toString());
  }

  @Test
  void theFileIsReadLineByLine() throws IOException {
    Path file = directory.resolve("webhooks.conf");
    assertEquals(List.of(), Webhooks.read(file), "no file, no hooks");

    Files.writeString(
        file,
        """
        # id project secret address
        ci    radio %1$s http://ci.example:8080/tas?token=abc

        chat  -     %1$s https://chat.example/hook
        """
            .formatted(SECRET));

    var hooks = Webhooks.read(file);
    assertEquals(List.of("chat", "ci"), hooks.stream().map(Hook::id).toList());
    assertEquals(Optional.of("radio"), hooks.get(1).project());
    assertEquals(Optional.empty(), hooks.get(0).project());
    assertEquals("[chat to https://chat.example, ci to http://ci.example]", hooks.toString());
  }

  @Test
  void whatCannotBeAHookIsRefusedWithASentenceWithoutSecrets() throws IOException {
    for (String line :
        List.of(
            "ci radio " + SECRET,
            "c/i radio " + SECRET + " http://ci.example/",
            "ci radio short http://ci.example/",
            "ci radio " + SECRET + " ftp://ci.example/?token=abc",
            "ci radio " + SECRET + " http://user:password@ci.example/",
            "ci radio " + SECRET + " http://ci.example:99999/?token=abc",
            "ci radio " + SECRET + " http://ci.example/|token=abc",
            "a - " + SECRET + " http://a.example/")) {
      Path file = directory.resolve("webhooks.conf");
      Files.writeString(file, "a - " + SECRET + " http://a.example/\n" + line + "\n");

      var refused = assertThrows(SettingsException.class, () -> Webhooks.read(file), line);

      String said = refused.getMessage() + refused.getCause();
      assertTrue(said.startsWith("webhooks.conf line 2: "), said);
      for (String secret : List.of(SECRET, "short", "password", "token")) {
        assertFalse(said.contains(secret), said);
      }
    }
  }

  private void oneTest(String id) throws InterruptedException {
    farm.submit(id);
    told();
    farm.report(id, 1, TestStatus.STARTED);
    told();
    farm.report(id, 1, TestStatus.FINISHED);
    told();
  }

  private void told() throws InterruptedException {
    news.accept(farm.snapshot());
    var done = new CountDownLatch(1);
    news.afterwards(done::countDown);
    assertTrue(done.await(60, TimeUnit.SECONDS));
  }

  /**
   * Waits until a text is on the disk; each question of the receiver's tells when to look again.
   *
   * @return the spool as a kill at that moment would leave it
   */
  private Path kept(String text) throws Exception {
    Path copy = directory.resolve("killed.spool");
    Path look = directory.resolve("look.spool");
    while (true) {
      receiver.next();
      Files.copy(spools().resolve("ci.spool"), copy, StandardCopyOption.REPLACE_EXISTING);
      Files.copy(copy, look, StandardCopyOption.REPLACE_EXISTING);
      try (var spool = Spool.open(look, 1_000_000)) {
        for (var it = spool.first(); it.isPresent(); it = spool.first()) {
          if (it.get().text().contains(text)) {
            return copy;
          }
          spool.take(it.get());
        }
      }
    }
  }

  private Path spools() {
    return directory.resolve("spools");
  }

  private void open(String id, String project, News told, Limits limits) throws IOException {
    var hook = new Hook(id, Optional.of(project), SECRET, URI.create(receiver.address()));
    webhooks = Webhooks.open(List.of(hook), spools(), told, () -> now, limits);
  }

  private static Limits limits(long octets) {
    return new Limits(
        octets,
        Duration.ofDays(3),
        Duration.ofSeconds(150),
        Duration.ofMillis(1),
        Duration.ofMillis(20));
  }

  private static List<String> points(List<String> bodies) {
    return bodies.stream().map(WebhooksTest::point).toList();
  }

  private static String point(String body) {
    var point = POINT.matcher(body);
    assertTrue(point.find(), body);
    var state = STATE.matcher(body);
    return point.group(1).equals("gap")
        ? "gap"
        : point.group(2) + " " + (state.find() ? state.group(1) : "");
  }
}
