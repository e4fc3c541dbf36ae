package com.nokia.ci.tas.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.transport.FileAnswer;
import com.nokia.ci.tas.commons.transport.ListenSettings;
import com.nokia.ci.tas.commons.transport.MessageReceiver;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.commons.transport.Session;
import com.nokia.ci.tas.commons.transport.SessionWish;
import com.nokia.ci.tas.commons.transport.Transport;
import com.nokia.ci.tas.commons.transport.TransportSettings;
import com.nokia.ci.tas.commons.transport.Welcome;
import com.nokia.ci.tas.commons.trust.FarmKey;
import com.nokia.ci.tas.service.access.AccessKey;
import com.nokia.ci.tas.service.access.keys.FarmKeys;
import com.nokia.ci.tas.service.access.keys.KeyOrder;
import com.nokia.ci.tas.service.edge.Admission;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service that takes nobody for a peer of its own machine, and what knocks at its port. */
@Timeout(120)
class StrangersTest {
  private static final Duration BETWEEN_HANDSHAKES = Duration.ofMillis(400);

  private static final Endpoint NODE = new Endpoint("127.0.0.1", 9);

  @TempDir Path directory;

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private Instant now = Instant.now();
  private ServiceProgram service;
  private Transport transport;
  private FarmKeys keys;

  @BeforeEach
  void start() throws IOException {
    service =
        ServiceProgram.start(
            ServiceSettings.in(directory).onPort(0).named("127.0.0.1").with("https-only", "1"),
            networks -> new Admission(networks, peer -> false));
    transport = Transport.create(TransportSettings.defaults());
    keys =
        FarmKeys.in(
            directory.resolve("store").resolve(String.valueOf(service.address().port())),
            () -> now);
  }

  @AfterEach
  void end() {
    transport.close();
    service.close();
  }

  @Test
  void aStrangerWithAKeyFileJoinsWithoutARestart() throws Exception {
    keys.create("Lab 4", List.of("127.0.0.1"));
    joinOnceKnown(key(keys.make(KeyOrder.node("rack 4"))));
    await("established");
    untilJoined();
  }

  @Test
  void aCertificateAloneSuffices() throws Exception {
    keys.create("Lab 4", List.of("127.0.0.1"));
    FarmKey whole = key(keys.make(KeyOrder.node("rack 4")));
    joinOnceKnown(new FarmKey(whole.authority(), whole.identity(), Optional.empty()));
    await("established");
  }

  @Test
  void aTokenAloneSuffices() throws Exception {
    keys.create("Lab 4", List.of("127.0.0.1"));
    FarmKey whole = key(keys.make(KeyOrder.node("rack 4")));
    joinOnceKnown(new FarmKey(whole.authority(), Optional.empty(), whole.token()));
    await("established");
  }

  @Test
  void aTokenInTheClearIsRefusedAndOpensNothing() throws Exception {
    keys.create("Lab 4", List.of("127.0.0.1"));
    FarmKey key = key(keys.make(KeyOrder.node("rack 4")));
    untilTlsIsOn(key);
    transport.keep(wish().withToken(key.token()), new Deaf(), new Told());
    await("refused", "over TLS alone", "FarmKey=FILE");
    assertEquals(List.of(), service.farm().nodes());
  }

  @Test
  void aServiceWithoutKeysSaysHowToMakeThem() throws Exception {
    transport.keep(wish(), new Deaf(), new Told());
    await("refused", "this service has no keys", "tas keys");
  }

  @Test
  void aKeyThatIsRevokedEndsItsSessionAndOpensNoOther() throws Exception {
    keys.create("Lab 4", List.of("127.0.0.1"));
    FarmKeys.Made made = keys.make(KeyOrder.node("rack 4"));
    FarmKey key = key(made);
    joinOnceKnown(key);
    await("established");
    keys.revoke(made.key().id());
    await("ended", "was revoked");
    join(key);
    await("refused", "was revoked on", "tas keys node");
  }

  @Test
  void anExpiredKeyIsRefusedWithTheRemedy() throws Exception {
    keys.create("Lab 4", List.of("127.0.0.1"));
    now = now.minus(Duration.ofDays(2));
    var order = new KeyOrder(AccessKey.Kind.NODE, "old", AccessKey.Grant.NONE, Duration.ofDays(1));
    FarmKey key = key(keys.make(order));
    joinOnceKnown(key);
    await("refused", "expired on", "tas keys renew");
    join(new FarmKey(key.authority(), key.identity(), Optional.empty()));
    await("refused", "expired on", "tas keys renew");
  }

  @Test
  void theServiceOfAnotherFarmIsNotSpokenTo() throws Exception {
    keys.create("Lab 4", List.of("127.0.0.1"));
    untilTlsIsOn(key(keys.make(KeyOrder.node("rack 4"))));
    FarmKeys others = FarmKeys.in(directory.resolve("other"), () -> now);
    others.create("Lab 5", List.of("127.0.0.1"));
    join(key(others.make(KeyOrder.node("rack 5"))));
    await("away", "belongs to another farm");
    assertEquals(List.of(), service.farm().nodes());
  }

  @Test
  void aPeerThatPosesAsTheServiceIsTold() throws Exception {
    keys.create("Lab 4", List.of("127.0.0.1"));
    FarmKey node = key(keys.make(KeyOrder.node("rack 4")));
    FarmKey posing = key(keys.make(KeyOrder.node("rack 5")));
    try (var port =
        transport.listen(ListenSettings.on(0).withTls(posing.asAcceptor()), new Deaf())) {
      transport.keep(
          SessionWish.with(new Endpoint("127.0.0.1", port.port()), StrangersTest::registration)
              .withTls(Optional.of(node.towardsService()))
              .withToken(node.token()),
          new Deaf(),
          new Told());
      await("away", "it is not the service");
    }
  }

  @Test
  void pagesGoToOtherMachinesOverHttpsAlone() throws Exception {
    keys.create("Lab 4", List.of("127.0.0.1"));
    FarmKey key = key(keys.make(KeyOrder.node("rack 4")));
    untilTlsIsOn(key);
    var plain = HttpClient.newHttpClient();
    HttpResponse<String> sent = get(plain, "http", "/api/v1/tests?from=1");
    assertEquals(307, sent.statusCode());
    assertEquals(
        Optional.of("https://" + service.address() + "/api/v1/tests?from=1"),
        sent.headers().firstValue("location"));
    assertTrue(sent.body().contains("https-only=1"), sent.body());
    HttpResponse<String> written =
        plain.send(
            request("http", "/").POST(HttpRequest.BodyPublishers.ofString("a=1")).build(),
            HttpResponse.BodyHandlers.ofString());
    assertEquals(403, written.statusCode());
    assertEquals(200, get(secure(key), "https", "/healthz").statusCode());
  }

  private void join(FarmKey key) {
    transport.keep(
        wish().withTls(Optional.of(key.towardsService())).withToken(key.token()),
        new Deaf(),
        new Told());
  }

  /** The service takes note of a new key within two seconds. */
  private void joinOnceKnown(FarmKey key) throws InterruptedException {
    String first;
    do {
      LockSupport.parkNanos(BETWEEN_HANDSHAKES.toNanos());
      join(key);
      do {
        first = told.take();
      } while (first.startsWith("away"));
    } while (first.contains("is not known to this service"));
    told.add(first);
  }

  private SessionWish wish() {
    return SessionWish.with(service.address(), StrangersTest::registration);
  }

  private static RegistryOperation registration() {
    return new RegistryOperation(
            NODE,
            new Endpoint("127.0.0.1", 31_415),
            RegistryOperation.Kind.REGISTER,
            RegistryOperation.Remote.TEST_NODE,
            Optional.of(new NodeDescription(NODE, "rack 4", "0.1.0")))
        .running(List.of());
  }

  /** Waits until it is told so; what comes before and is not asked for is passed over. */
  private void await(String what, String... parts) throws InterruptedException {
    while (true) {
      String next = told.poll(60, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("nothing was told");
      }
      boolean isAbsent = next.startsWith("away") && !what.equals("away");
      if (isAbsent) {
        continue;
      }
      assertTrue(next.startsWith(what), next);
      for (String part : parts) {
        assertTrue(next.contains(part), next);
      }
      return;
    }
  }

  private void untilJoined() {
    until(farm -> farm.farm().nodes().size() == 1);
  }

  private void until(Predicate<ServiceProgram> condition) {
    Until.isSo(() -> condition.test(service));
  }

  /** The service notices new keys by itself. */
  private void untilTlsIsOn(FarmKey key) {
    HttpClient browser = secure(key);
    until(any -> answers(browser));
  }

  private boolean answers(HttpClient browser) {
    try {
      return get(browser, "https", "/healthz").statusCode() == 200;
    } catch (IOException e) {
      LockSupport.parkNanos(BETWEEN_HANDSHAKES.toNanos()); // too many in vain are not answered
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static HttpClient secure(FarmKey key) {
    return HttpClient.newBuilder().sslContext(key.towardsService().context()).build();
  }

  private HttpResponse<String> get(HttpClient browser, String scheme, String path)
      throws IOException, InterruptedException {
    return browser.send(request(scheme, path).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String scheme, String path) {
    return HttpRequest.newBuilder(URI.create(scheme + "://" + service.address() + path))
        .timeout(Duration.ofSeconds(30));
  }

  private FarmKey key(FarmKeys.Made made) throws IOException {
    return FarmKey.read(
        Files.writeString(directory.resolve(made.key().id() + ".key"), made.file()));
  }

  private static final class Deaf implements MessageReceiver {
    @Override
    public void onMessage(Message message, Peer peer) {}

    @Override
    public FileAnswer onFile(FileOperation put, Peer peer) {
      return FileAnswer.refuse("no files here");
    }
  }

  private final class Told implements Session.Owner {
    @Override
    public void onEstablished(Welcome welcome) {
      told.add("established");
    }

    @Override
    public void onPlain(InetAddress leftFrom) {
      told.add("plain");
    }

    @Override
    public void onAway(String why) {
      told.add("away: " + why);
    }

    @Override
    public void onReturned() {
      told.add("returned");
    }

    @Override
    public void onRefused(String sentence) {
      told.add("refused: " + sentence);
    }

    @Override
    public void onEnded(TasException why) {
      told.add("ended: " + why.getMessage());
    }
  }
}
