package com.nokia.ci.tas.client.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.client.FakePeer;
import com.nokia.ci.tas.client.verdict.Ending;
import com.nokia.ci.tas.commons.Closing;
import com.nokia.ci.tas.commons.Test.Status;
import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.commons.transport.RetryPolicy;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong between an issuer, its services and nodes, and what comes of it. */
final class IssuerTest {
  private static final RuntimeId ID = RuntimeId.of("nightly");

  @TempDir Path workspace;

  private final FakePeer service = new FakePeer();
  private final FakePeer node = new FakePeer();
  private final Ends ends = new Ends();
  private Issuer issuer = open(UnaryOperator.identity());

  @AfterEach
  void closeAll() {
    Closing.all(issuer, service, node);
  }

  @Test
  void resultsOfTheWrongSizeAreAskedForAgainAndThenStored() throws Exception {
    start();
    putRaw(20, "too short");
    assertEquals("results.zip", hearGet());
    assertFalse(Files.exists(workspace.resolve("results.zip")));
    service.update(issuer.endpoint(), with(TestStatus.FINISHED));
    node.put(issuer.endpoint(), ID, "results.zip", "the results");

    assertEquals(Ending.Kind.FINISHED, ends.next().kind());
    assertEquals("the results", Files.readString(workspace.resolve("results.zip")));
  }

  @Test
  void resultsThatStayWrongFailTheTest() throws Exception {
    start();
    putRaw(20, "too short");
    hearGet();
    putRaw(20, "again");
    hearGet();
    putRaw(20, "and again");
    service.update(issuer.endpoint(), with(TestStatus.FINISHED));

    Ending outcome = ends.next();
    assertEquals(Ending.Kind.FAILED, outcome.kind());
    assertTrue(outcome.reason().startsWith("results.zip did not arrive: "), outcome.reason());
    assertEquals(0, parts());
    assertTrue(node.hasHeardNothing());
  }

  @Test
  void nodeThatHasNoResultsAnyMoreFailsTheTest() throws Exception {
    start();
    putRaw(20, "too short");
    hearGet();
    service.update(issuer.endpoint(), with(TestStatus.FINISHED));
    node.file(issuer.endpoint(), FileOperation.Kind.ABORT, ID, "results.zip");

    assertEquals("results.zip did not arrive: the node has no such file", ends.next().reason());
  }

  @Test
  void resultsThatANodeNeverSendsAgainAreWaitedForInVain() throws Exception {
    // The observer is given as long to say where the file goes.
    reopen(settings -> settings.withPatience(Duration.ofSeconds(5)));
    start();
    putRaw(20, "too short");
    hearGet();
    service.update(issuer.endpoint(), with(TestStatus.FINISHED));

    assertEquals(Ending.Kind.FAILED, ends.next().kind());
  }

  @Test
  void silentServiceIsAskedForItsTests() throws Exception {
    reopen(settings -> settings.withSilence(Duration.ofMillis(20)));
    start();

    assertEquals("nightly", service.hearNext(TestOperation.Kind.CHECK).test().id().text());
    assertEquals("nightly", service.hearNext(TestOperation.Kind.CHECK).test().id().text());
  }

  @Test
  void serviceThatIsGoneLosesItsTestsAfterTheLastTry() throws Exception {
    reopen(
        settings ->
            settings
                .withSilence(Duration.ofMillis(20))
                .withRetries(new RetryPolicy(3, Duration.ofMillis(1))));
    start();
    service.close();

    Ending outcome = ends.next();
    assertEquals(Ending.Kind.LOST, outcome.kind());
    assertTrue(
        outcome.reason().startsWith("the service " + service.endpoint() + " is lost: "),
        outcome.reason());
  }

  @Test
  void serviceThatRefusesOurNetworkSaysWhatToDo() throws Exception {
    service.refuseAll("name the network in plain-peer-networks");
    issuer.start(test(), service.endpoint(), ends, issuer.newCalls());

    Ending outcome = ends.next();
    assertEquals(Ending.Kind.REFUSED, outcome.kind());
    assertTrue(
        outcome.reason().contains("name the network in plain-peer-networks"), outcome.reason());
  }

  @Test
  void testThatNobodyEndsIsGivenUpAfterItsTimeout() throws Exception {
    reopen(
        settings -> settings.withSilence(Duration.ofMillis(20)).withOvertime(Duration.ofMillis(1)));
    var test = test();
    test.setTimeout(1);
    issuer.start(test, service.endpoint(), ends, issuer.newCalls());

    Ending outcome = ends.next();
    assertEquals(Ending.Kind.LOST, outcome.kind());
    assertTrue(outcome.reason().endsWith("long after its timeout"), outcome.reason());
  }

  @Test
  void testsOfOneIdOnTwoServicesAreKeptApart() throws Exception {
    var otherEnds = new Ends();
    try (var other = new FakePeer()) {
      start();
      issuer.start(test(), other.endpoint(), otherEnds, issuer.newCalls());
      other.hearFirst(TestOperation.Kind.START);
      other.update(issuer.endpoint(), with(TestStatus.FAILED));
      assertEquals("no", otherEnds.next().reason());
      assertEquals(RegistryOperation.Kind.DEREGISTER, other.hear(RegistryOperation.class).kind());
      service.update(issuer.endpoint(), with(TestStatus.FINISHED));

      assertEquals(Ending.Kind.FINISHED, ends.next().kind());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\0\1\2\u00ff garbage\n",
        "<message><test><id>nightly</id>",
        "<!DOCTYPE m [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><message>&e;</message>\n",
        "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
      })
  void badBytesHaveNoEffect(String bytes) throws Exception {
    start();
    sendRaw(bytes);
    service.update(issuer.endpoint(), with(TestStatus.FINISHED));

    assertEquals(Ending.Kind.FINISHED, ends.next().kind());
  }

  @Test
  void unknownHostOfAServiceIsSaid() throws Exception {
    issuer.start(test(), new Endpoint("no-such-host.invalid", 31415), ends, issuer.newCalls());

    assertTrue(ends.next().reason().contains("no-such-host.invalid"), "the host is named");
  }

  private void start() throws InterruptedException {
    issuer.start(test(), service.endpoint(), ends, issuer.newCalls());
    service.hearFirst(TestOperation.Kind.START);
  }

  private com.nokia.ci.tas.commons.Test test() {
    var test = new com.nokia.ci.tas.commons.Test("nightly");
    test.setWorkspacePath(workspace.toString());
    test.setResultsFilename("results.zip");
    return test;
  }

  /** A put that announces more bytes than it has. */
  private void putRaw(int announced, String content) throws IOException {
    String message =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <message>
        <type>file-operation</type>
        <sender>
        <hostname>127.0.0.1</hostname>
        <port>%d</port>
        </sender>
        <envelope>
        <operation>put</operation>
        <test>
        <id>nightly</id>
        </test>
        <file>
        <name>results.zip</name>
        <size>%d</size>
        </file>
        </envelope>
        </message>
        %s"""
            .formatted(node.endpoint().port(), announced, content);
    sendRaw(message);
  }

  /** Sends bytes and waits for the issuer to close the connection. */
  private void sendRaw(String bytes) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), issuer.endpoint().port())) {
      OutputStream out = socket.getOutputStream();
      out.write(bytes.getBytes(StandardCharsets.UTF_8));
      out.flush();
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    }
  }

  private String hearGet() throws InterruptedException {
    FileOperation get = node.hear(FileOperation.class);
    assertEquals(FileOperation.Kind.GET, get.kind());
    return get.file().name();
  }

  private long parts() throws IOException {
    try (var files = Files.list(workspace)) {
      return files.count();
    }
  }

  private void reopen(UnaryOperator<IssuerSettings> change) {
    issuer.close();
    issuer = open(change);
  }

  private static Issuer open(UnaryOperator<IssuerSettings> change) {
    return Issuer.open(change.apply(IssuerSettings.defaults().withHost("127.0.0.1").withPort(0)));
  }

  private static TestDescription with(TestStatus status) {
    return TestDescription.named(ID).with(status, status == TestStatus.FAILED ? "no" : "");
  }

  private static final class Ends implements TestObserver {
    private final BlockingQueue<Ending> outcomes = new LinkedBlockingQueue<>();

    Ending next() throws InterruptedException {
      Ending outcome = outcomes.poll(60, TimeUnit.SECONDS);
      if (outcome == null) {
        throw new AssertionError("the test did not end");
      }
      return outcome;
    }

    @Override
    public void started(com.nokia.ci.tas.commons.Test test) {
      assertEquals(Status.STARTED, test.getStatus());
    }

    @Override
    public void said(com.nokia.ci.tas.commons.Test test, String text) {
      assertFalse(text.isEmpty());
    }

    @Override
    public void ended(com.nokia.ci.tas.commons.Test test, Ending outcome) {
      outcomes.add(outcome);
    }
  }
}
