package com.nokia.ci.tas.client.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.client.FakePeer;
import com.nokia.ci.tas.client.verdict.Ending;
import com.nokia.ci.tas.commons.Closing;
import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.model.DirectAccess;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.trust.FarmKey;
import com.nokia.ci.tas.commons.trust.TestFarmKeys;
import com.nokia.ci.tas.commons.trust.Tls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An issuer with the key of a farm. */
final class SecureIssuerTest {
  private static final RuntimeId ID = RuntimeId.of("nightly");
  private static final FarmKey KEY = TestFarmKeys.client();

  @TempDir Path workspace;

  private final FakePeer service =
      FakePeer.withTls(TestFarmKeys.service(), KEY.token().orElseThrow());
  private final CompletableFuture<Ending> outcome = new CompletableFuture<>();
  private final Issuer issuer =
      Issuer.open(
          IssuerSettings.defaults()
              .withHost("127.0.0.1")
              .withPort(0)
              .with(Speech.DEFAULT.with(Speech.Manner.SESSION).with(KEY)));

  @AfterEach
  void closeAll() {
    Closing.all(issuer, service);
  }

  @Test
  void tokenIsShownToTheServiceOfTheFarmOverTls() throws Exception {
    start(service);

    assertEquals("nightly", service.hearFirst(TestOperation.Kind.START).test().id().text());
  }

  @Test
  void serviceOfAnotherFarmIsToldNothing() throws Exception {
    try (var strange = FakePeer.withTls(TestFarmKeys.strangeService(), KEY.token().orElseThrow())) {
      start(strange);

      Ending lost = outcome.get(60, TimeUnit.SECONDS);
      assertEquals(Ending.Kind.LOST, lost.kind(), lost.reason());
      assertTrue(strange.hasHeardNothing());
    }
  }

  @Test
  void serviceWithoutTlsIsToldNothing() throws Exception {
    try (var plain = new FakePeer()) {
      start(plain);

      Ending lost = outcome.get(60, TimeUnit.SECONDS);
      assertEquals(Ending.Kind.LOST, lost.kind(), lost.reason());
      assertTrue(plain.hasHeardNothing());
    }
  }

  @Test
  void nodeKnowsTheIssuerByTheDigestOfItsCertificate() throws Exception {
    Files.writeString(workspace.resolve("image.img"), "the image");
    start(service);
    DirectAccess access = service.hearFirst(TestOperation.Kind.START).test().direct().orElseThrow();
    Tls pinned = Tls.pinned(TestFarmKeys.node(), access.certificate().orElseThrow());
    Tls other = Tls.pinned(TestFarmKeys.node(), "0".repeat(64));
    try (var node = new FakePeer();
        var cheated = new FakePeer()) {
      assertEquals(
          "established",
          node.keep(access.address(), access.ticket(), Optional.of(pinned))
              .get(60, TimeUnit.SECONDS));
      node.file(access.address(), FileOperation.Kind.GET, ID, "image.img");
      assertEquals("the image", node.receive());

      assertFalse(
          "established"
              .equals(
                  cheated
                      .keep(access.address(), access.ticket(), Optional.of(other))
                      .get(60, TimeUnit.SECONDS)));
    }
  }

  @Test
  void neitherTokenNorTicketIsShown() {
    Speech speech = Speech.DEFAULT.with(KEY);

    assertFalse(speech.toString().contains(KEY.token().orElseThrow()), speech.toString());
    assertFalse(
        speech
            .wish(new Endpoint("a", 1), new Endpoint("b", 2))
            .toString()
            .contains(KEY.token().orElseThrow()));
    assertEquals("a ticket", Ticket.random().toString());
  }

  private void start(FakePeer at) {
    var test = new com.nokia.ci.tas.commons.Test("nightly");
    test.setWorkspacePath(workspace.toString());
    test.addArtifact("image.img");
    issuer.start(test, at.endpoint(), new End(outcome), issuer.newCalls());
  }

  private record End(CompletableFuture<Ending> outcome) implements TestObserver {
    @Override
    public void started(com.nokia.ci.tas.commons.Test test) {
      throw new AssertionError("nobody has said so");
    }

    @Override
    public void said(com.nokia.ci.tas.commons.Test test, String text) {
      throw new AssertionError(text);
    }

    @Override
    public void ended(com.nokia.ci.tas.commons.Test test, Ending how) {
      outcome.complete(how);
    }
  }
}
