package com.nokia.ci.tas.client.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.client.FakePeer;
import com.nokia.ci.tas.client.Wire;
import com.nokia.ci.tas.client.verdict.Ending;
import com.nokia.ci.tas.commons.Closing;
import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.ProductOperation;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.message.TextMessage;
import com.nokia.ci.tas.commons.message.TextNumber;
import com.nokia.ci.tas.commons.model.Bond;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.LargeArtifact;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.commons.transport.DigestBook;
import com.nokia.ci.tas.commons.transport.SessionLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An issuer that keeps a session with its service, under a name that nobody could dial. */
final class SessionIssuerTest {
  private static final RuntimeId ID = RuntimeId.of("nightly");
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Endpoint NODE = new Endpoint("node.invalid", 27182);

  @TempDir Path workspace;

  private final FakePeer service = FakePeer.withSessions(LONG);
  private final Calls calls = new Calls();
  private final Issuer issuer = open();
  private Wire wire;

  @BeforeEach
  void connect() throws IOException {
    wire = new Wire(service);
  }

  @AfterEach
  void closeAll() {
    Closing.all(issuer, wire, service);
  }

  @Test
  void everythingComesAndGoesOverOneConnectionThatTheClientHasMade() throws Exception {
    Files.writeString(workspace.resolve("image.img"), "the image");
    TestOperation start = startAndHear();
    service.update(start.sender(), with(TestStatus.PENDING));
    service.update(start.sender(), with(TestStatus.STARTED));
    ask(start.sender(), FileOperation.Kind.GET, "image.img");
    assertEquals("the image", service.receive());
    service.say(start.sender(), ID, "flashing");
    service.put(start.sender(), ID, "results.zip", "the results");
    service.update(start.sender(), with(TestStatus.FINISHED));

    assertEquals("accepted nightly", calls.next());
    assertEquals("started nightly", calls.next());
    assertEquals("said flashing", calls.next());
    assertEquals("ended FINISHED", calls.next());
    assertEquals("the results", Files.readString(workspace.resolve("results.zip")));
    assertEquals(RegistryOperation.Kind.DEREGISTER, service.hear(RegistryOperation.class).kind());
    assertEquals(2, wire.connections(), "one that looks whether the service is there, and one");
  }

  @Test
  void artifactIsForTheNodeThatAskedAndHasItsExactSize() throws Exception {
    Files.writeString(workspace.resolve("image.img"), "the image");
    TestOperation start = startAndHear();
    ask(start.sender(), FileOperation.Kind.GET, "image.img");
    service.receive();

    FileOperation put = service.announced().get(0);
    assertEquals(NODE, put.receiver());
    assertEquals(start.sender(), put.sender());
    assertEquals("the image".length(), put.file().size());
  }

  @Test
  void aStartSaysWhatItsLargeArtifactsAre() throws Exception {
    Path image = workspace.resolve("image.img");
    Files.write(image, new byte[2 << 20]);

    var large = startAndHear().test().execution().largeArtifacts();

    assertEquals(List.of(new LargeArtifact(DigestBook.digest(image), 2 << 20, "image.img")), large);
  }

  @Test
  void aNodeThatMayHaveAFileIsToldItsDigestBeforeTheFirstByte() throws Exception {
    Path image = workspace.resolve("image.img");
    Files.write(image, new byte[200_000]);
    TestOperation start = startAndHear();

    service.tell(
        start.sender(),
        new FileOperation(
            NODE,
            start.sender(),
            FileOperation.Kind.GET,
            TestDescription.named(ID),
            FileReference.named("image.img").digested("a".repeat(64))));
    service.receive();

    assertEquals(
        Optional.of(DigestBook.digest(image).text()), service.announced().get(0).file().sha256());
  }

  @Test
  void whatIsNotAnArtifactIsAborted() throws Exception {
    Files.writeString(workspace.resolve("secret.txt"), "there, but not declared");
    TestOperation start = startAndHear();
    ask(start.sender(), FileOperation.Kind.GET, "secret.txt");

    FileOperation abort = service.hear(FileOperation.class);
    assertEquals(FileOperation.Kind.ABORT, abort.kind());
    assertEquals(NODE, abort.receiver());
  }

  @Test
  void manySmallArtifactsAllArrive() throws Exception {
    List<String> names = IntStream.range(0, 200).mapToObj(it -> "file-" + it).toList();
    var test = test("nightly");
    for (String name : names) {
      Files.writeString(workspace.resolve(name), "content of " + name);
      test.addArtifact(name);
    }
    issuer.start(test, wire.endpoint(), calls, issuer.newCalls());
    Endpoint client = service.hearFirst(TestOperation.Kind.START).sender();
    for (String name : names) {
      ask(client, FileOperation.Kind.GET, name);
    }

    var received = new TreeSet<String>();
    for (int i = 0; i < names.size(); i++) {
      received.add(service.receive());
    }
    assertEquals(
        new TreeSet<>(names.stream().map(name -> "content of " + name).toList()), received);
  }

  @Test
  void textThatComesAgainByAnotherWayIsSaidOnce() throws Exception {
    Endpoint client = startAndHear().sender();
    say(client, "first", new TextNumber(1, 1));
    say(client, "first", new TextNumber(1, 1));
    say(client, "second", new TextNumber(1, 2));
    say(client, "first of the next attempt", new TextNumber(2, 1));
    say(client, "late", new TextNumber(1, 3));
    service.update(client, with(TestStatus.FINISHED));

    assertEquals("said first", calls.next());
    assertEquals("said second", calls.next());
    assertEquals("said first of the next attempt", calls.next());
    assertEquals("ended FINISHED", calls.next());
  }

  @Test
  void brokenConnectionIsSaidOnceAndCostsNothing() throws Exception {
    Endpoint client = startAndHear().sender();
    wire.cut();
    service.update(client, with(TestStatus.PENDING));
    service.update(client, with(TestStatus.FINISHED));

    assertEquals("noted the service is away, waiting", calls.next());
    List<String> rest = List.of(calls.next(), calls.next(), calls.next());
    assertTrue(rest.contains("noted the service is back"), rest.toString());
    assertEquals("ended FINISHED", rest.get(2));
  }

  @Test
  void restartedServiceIsAskedForItsTestsAndThoseItKnowsGoOn() throws Exception {
    Endpoint client = startAndHear().sender();
    service.update(client, with(TestStatus.STARTED));
    assertEquals("started nightly", calls.next());
    try (var restarted = FakePeer.withSessions(LONG)) {
      wire.lead(restarted);
      service.close();
      assertEquals("noted the service is away, waiting", calls.next());
      TestOperation check = restarted.hearFirst(TestOperation.Kind.CHECK);
      assertEquals("noted the service is back", calls.next());
      restarted.update(check.sender(), with(TestStatus.STARTED));
      restarted.update(check.sender(), with(TestStatus.FINISHED));

      assertEquals("ended FINISHED", calls.next());
      assertTrue(calls.hasNothingMore());
    }
  }

  @Test
  void whoHasAnotherAddressByNowAsksForItsResultsByTheNameOfItsSubmission() throws Exception {
    TestOperation start = startAndHear();
    service.update(start.sender(), with(TestStatus.PENDING));
    assertEquals("accepted nightly", calls.next());
    var other = new Endpoint("elsewhere.invalid", 2);
    try (var restarted = FakePeer.withSessions(LONG, other)) {
      wire.lead(restarted);
      service.close();
      assertEquals(other, restarted.hearFirst(TestOperation.Kind.CHECK).sender());
      restarted.update(other, with(TestStatus.STARTED));
      restarted.putNothing(other, ID, "results.zip", 100_000);

      FileOperation get = restarted.hear(FileOperation.class);
      assertEquals(FileOperation.Kind.GET, get.kind());
      assertEquals("results.zip", get.file().name());
      assertEquals(other, get.sender());
      assertTrue(get.test().origin().isSameSubmission(start.test().origin()));

      restarted.put(other, ID, "results.zip", "the results");
      restarted.update(other, with(TestStatus.FINISHED));
      while (!calls.next().equals("ended FINISHED")) {
        // what it is told before
      }
      assertEquals("the results", Files.readString(workspace.resolve("results.zip")));
    }
  }

  @Test
  void testThatARestartedServiceHasForgottenIsSubmittedAgainBehindItsLastAttempt()
      throws Exception {
    Endpoint client = startAndHear().sender();
    TestDescription started = with(TestStatus.STARTED);
    service.update(client, started.with(started.progress().attempt(2)));
    assertEquals("started nightly", calls.next());
    try (var restarted = FakePeer.withSessions(LONG)) {
      wire.lead(restarted);
      service.close();
      answerUnknown(restarted, restarted.hearFirst(TestOperation.Kind.CHECK).sender());
      TestOperation again = restarted.hearNext(TestOperation.Kind.START);

      assertEquals(2, again.test().progress().attempt());
      assertEquals("results.zip", again.test().execution().resultsFilename());
      assertEquals("noted the service is away, waiting", calls.next());
      assertEquals("noted the service is back", calls.next());
      assertEquals(
          "noted the restarted service does not know the test, it is submitted again",
          calls.next());
      restarted.update(again.sender(), with(TestStatus.FAILED));
      assertEquals("ended FAILED", calls.next());
      assertTrue(calls.hasNothingMore());
    }
  }

  @Test
  void stoppedTestIsNotSubmittedAgain() throws Exception {
    service.update(startAndHear().sender(), with(TestStatus.PENDING));
    assertEquals("accepted nightly", calls.next());
    assertTrue(issuer.stop(ID.test(), wire.endpoint()));
    service.hearNext(TestOperation.Kind.STOP);
    try (var restarted = FakePeer.withSessions(LONG)) {
      wire.lead(restarted);
      service.close();
      answerUnknown(restarted, restarted.hearFirst(TestOperation.Kind.STOP).sender());

      assertEquals("noted the service is away, waiting", calls.next());
      assertEquals("noted the service is back", calls.next());
      assertTrue(calls.next().startsWith("ended "));
    }
  }

  @Test
  void checkOfAForeignTestIsRepeatedAndStartsNothing() throws Exception {
    issuer.check("nightly", wire.endpoint(), calls);
    service.hearFirst(TestOperation.Kind.CHECK);
    try (var restarted = FakePeer.withSessions(LONG)) {
      wire.lead(restarted);
      service.close();
      answerUnknown(restarted, restarted.hearFirst(TestOperation.Kind.CHECK).sender());

      assertEquals("noted the service is away, waiting", calls.next());
      assertEquals("noted the service is back", calls.next());
      assertEquals("ended REFUSED", calls.next());
    }
  }

  @Test
  void questionForKeptResultsThatNobodyAnswersIsGivenUp() throws Exception {
    try (var impatient = open(Duration.ofMillis(50))) {
      for (Bond bond : List.of(Bond.RESULTS, Bond.ATTACH)) {
        impatient.follow(test("nightly"), bond, wire.endpoint(), calls, impatient.newCalls());

        assertEquals("ended LOST", calls.next());
        assertTrue(calls.lastEnding().reason().contains("has not answered for test nightly"));
      }
    }
  }

  @Test
  void serviceThatStaysAwayLosesItsTestsWhenItWouldKeepTheSessionNoLonger() throws Exception {
    var forgetful = FakePeer.withSessions(Duration.ofMillis(50));
    wire.lead(forgetful);
    issuer.start(test("nightly"), wire.endpoint(), calls, issuer.newCalls());
    forgetful.hearFirst(TestOperation.Kind.START);
    forgetful.close();
    wire.cut();

    assertEquals("noted the service is away, waiting", calls.next());
    assertEquals("ended LOST", calls.next());
  }

  @Test
  void serviceThatDeclinesSessionsRefusesTheTestWithItsSentence() throws Exception {
    try (var strict = FakePeer.refusingSessions("ask the admin for a key: ./tas keys")) {
      issuer.start(test("nightly"), strict.endpoint(), calls, issuer.newCalls());

      assertEquals("ended REFUSED", calls.next());
      assertTrue(calls.lastEnding().reason().contains("ask the admin for a key: ./tas keys"));
    }
  }

  @Test
  void productsAreGivenBackToTheServiceThatGaveThemWhateverItCallsItself() throws Exception {
    var product =
        ProductDescription.of(
            Map.of("imei", "1", "tas-hostname", "inside.invalid", "tas-port", "31415"));
    Endpoint client = startAndHear().sender();
    TestDescription started = with(TestStatus.STARTED);
    service.update(client, started.with(started.progress().reserving(List.of(product))));
    assertEquals("started nightly", calls.next());

    assertEquals(List.of(), issuer.free(List.of(product)));
    assertEquals("1", service.hear(ProductOperation.class).product().id().imei());
  }

  @Test
  void nodeWithTheTicketGetsTheFilesOfItsTestDirectly() throws Exception {
    Files.writeString(workspace.resolve("image.img"), "the image");
    TestOperation start = startAndHear();
    try (var node = new FakePeer()) {
      assertEquals("established", comeDirectly(node, start));
      node.file(door(), FileOperation.Kind.GET, ID, "image.img");
      assertEquals("the image", node.receive());
      node.say(door(), ID, "flashing");
      node.put(door(), ID, "results.zip", "the results");
      service.update(start.sender(), with(TestStatus.FINISHED));

      assertEquals("said flashing", calls.next());
      assertEquals("ended FINISHED", calls.next());
      assertEquals("the results", Files.readString(workspace.resolve("results.zip")));
    }
  }

  @Test
  void ticketOfOneTestOpensNoOtherUntilThatOneIsShownToo() throws Exception {
    Files.writeString(workspace.resolve("image.img"), "the image");
    TestOperation start = startAndHear();
    issuer.start(test("other"), wire.endpoint(), new Calls(), issuer.newCalls());
    TestOperation other = service.hearNext(TestOperation.Kind.START);
    try (var node = new FakePeer()) {
      assertEquals("established", comeDirectly(node, start));
      node.file(door(), FileOperation.Kind.GET, other.test().id(), "image.img");
      assertEquals(FileOperation.Kind.ABORT, node.hear(FileOperation.class).kind());

      node.show(door(), other.test().direct().orElseThrow().ticket());
      node.file(door(), FileOperation.Kind.GET, other.test().id(), "image.img");
      assertEquals("the image", node.receive());
    }
  }

  @Test
  void nodeSaysNothingOfTheStateOfItsTest() throws Exception {
    TestOperation start = startAndHear();
    try (var node = new FakePeer()) {
      assertEquals("established", comeDirectly(node, start));
      node.update(door(), with(TestStatus.FINISHED));
      service.update(start.sender(), with(TestStatus.PENDING));
      service.update(start.sender(), with(TestStatus.FAILED));

      assertEquals("accepted nightly", calls.next());
      assertEquals("ended FAILED", calls.next());
    }
  }

  @Test
  void strangerWithoutATicketLearnsNothingByIdAndFileName() throws Exception {
    Files.writeString(workspace.resolve("image.img"), "the image");
    startAndHear();
    try (var stranger = new FakePeer()) {
      String refusal = stranger.keep(door(), "0".repeat(32)).get(60, TimeUnit.SECONDS);
      assertTrue(refusal.contains("none of them has that ticket"), refusal);
      stranger.file(door(), FileOperation.Kind.GET, ID, "image.img");

      assertEquals(FileOperation.Kind.ABORT, stranger.hear(FileOperation.class).kind());
      assertTrue(stranger.hasHeardNothing());
      stranger.say(door(), ID, "a lie");
      assertTrue(calls.hasNothingMore());
    }
  }

  @Test
  void nodeThatCallsItselfTheServiceIsToldNothingThatIsForTheService() throws Exception {
    TestOperation start = startAndHear();
    try (var node = new FakePeer()) {
      node.callYourself(wire.endpoint());
      assertEquals("established", comeDirectly(node, start));
      assertTrue(issuer.stop(ID.test(), wire.endpoint()));

      service.hearNext(TestOperation.Kind.STOP);
      assertTrue(node.hasHeardNothing());
    }
  }

  @Test
  void ticketIsWorthNothingAfterItsTest() throws Exception {
    TestOperation start = startAndHear();
    service.update(start.sender(), with(TestStatus.FINISHED));
    assertEquals("ended FINISHED", calls.next());
    service.hear(RegistryOperation.class);
    try (var node = new FakePeer()) {
      assertFalse("established".equals(comeDirectly(node, start)));
    }
  }

  @Test
  void ticketIsShownNowhere() throws Exception {
    TestOperation start = startAndHear();

    assertFalse(start.toString().contains(start.test().direct().orElseThrow().ticket()));
  }

  private TestOperation startAndHear() throws InterruptedException {
    issuer.start(test("nightly"), wire.endpoint(), calls, issuer.newCalls());
    return service.hearFirst(TestOperation.Kind.START);
  }

  private String comeDirectly(FakePeer node, TestOperation start)
      throws InterruptedException, ExecutionException, TimeoutException {
    String ticket = start.test().direct().orElseThrow().ticket();
    return node.keep(door(), ticket).get(60, TimeUnit.SECONDS);
  }

  /** Where the issuer listens, whatever it calls itself. */
  private Endpoint door() {
    return new Endpoint("127.0.0.1", issuer.endpoint().port());
  }

  private com.nokia.ci.tas.commons.Test test(String id) {
    var test = new com.nokia.ci.tas.commons.Test(id);
    test.setWorkspacePath(workspace.toString());
    test.addArtifact("image.img");
    test.setResultsFilename("results.zip");
    return test;
  }

  /** A node asks through the service. */
  private void ask(Endpoint client, FileOperation.Kind kind, String name) {
    service.tell(
        client,
        new FileOperation(
            NODE, client, kind, TestDescription.named(ID), FileReference.named(name)));
  }

  private void say(Endpoint client, String text, TextNumber number) {
    service.tell(
        client,
        new TextMessage(NODE, client, TestDescription.named(ID), text, Optional.of(number)));
  }

  private static void answerUnknown(FakePeer service, Endpoint client) {
    service.tell(
        client,
        new TestOperation(
            service.endpoint(),
            client,
            TestOperation.Kind.STOP,
            TestDescription.named(ID).with(TestStatus.FAILED, "not known here")));
  }

  private static Issuer open() {
    return open(LONG);
  }

  private static Issuer open(Duration patience) {
    var limits =
        SessionLimits.DEFAULT
            .withLongestPause(Duration.ofMillis(50))
            .withAnswer(Duration.ofSeconds(20));
    return Issuer.open(
        IssuerSettings.defaults()
            .withHost("client.invalid")
            .withPort(0)
            .withPatience(patience)
            .with(Speech.DEFAULT.with(Speech.Manner.SESSION).with(limits)));
  }

  private static TestDescription with(TestStatus status) {
    return TestDescription.named(ID).with(status, status == TestStatus.FAILED ? "no" : "");
  }

  /** Keeps the calls in order. */
  private static final class Calls implements TestObserver {
    private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
    private volatile Ending outcome = Ending.lost("not ended");

    String next() throws InterruptedException {
      String call = calls.poll(60, TimeUnit.SECONDS);
      if (call == null) {
        throw new AssertionError("there was no call");
      }
      return call;
    }

    boolean hasNothingMore() {
      return calls.isEmpty();
    }

    Ending lastEnding() {
      return outcome;
    }

    @Override
    public void accepted(com.nokia.ci.tas.commons.Test test) {
      calls.add("accepted " + test.getRuntimeId());
    }

    @Override
    public void started(com.nokia.ci.tas.commons.Test test) {
      calls.add("started " + test.getRuntimeId());
    }

    @Override
    public void said(com.nokia.ci.tas.commons.Test test, String text) {
      calls.add("said " + text);
    }

    @Override
    public void noted(com.nokia.ci.tas.commons.Test test, String sentence) {
      calls.add("noted " + sentence);
    }

    @Override
    public void ended(com.nokia.ci.tas.commons.Test test, Ending how) {
      outcome = how;
      calls.add("ended " + how.kind());
    }
  }
}
