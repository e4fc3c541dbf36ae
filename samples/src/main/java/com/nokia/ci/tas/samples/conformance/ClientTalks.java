package com.nokia.ci.tas.samples.conformance;

import static com.nokia.ci.tas.samples.conformance.Kit.leaf;
import static com.nokia.ci.tas.samples.conformance.Kit.operation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A client that starts one test with at least one artifact and a results file: this side is its
 * service and the node that runs the test.
 */
final class ClientTalks implements AutoCloseable {
  private static final byte[] RESULTS = "found\n".getBytes(StandardCharsets.UTF_8);

  private final Kit kit;
  private final Report report;
  private final Registrations registrations;
  private final PlainPort node;
  private final boolean plainOnly;

  ClientTalks(Kit kit, int port, boolean plainOnly) throws IOException {
    this.kit = kit;
    this.report = kit.report();
    this.plainOnly = plainOnly;
    this.registrations = new Registrations(kit, port, !plainOnly);
    this.node = PlainPort.open(kit.host(), kit.patience());
  }

  void talk() throws Exception {
    if (!plainOnly) {
      report.hold(this::inSession);
    }
    registrations.wantNoMore();
    report.hold(this::plainly);
  }

  private void inSession() throws Exception {
    report.conversation(
        "A session of a client; start a test now with the service " + registrations.address());
    report.in("session 2");
    try (var session = new SessionPeer(registrations.mailbox(), kit.patience())) {
      Registrations.Offer offer =
          report.need(
              "it offers a session when it registers, and beats",
              () -> session.take(registrations, /* resumed= */ false));
      Offers.claims(report, offer);
      Address client = offer.registration().sender();
      aTest(
          new Way.Session(client, node.address(), session, registrations.mailbox()),
          "session 4, 6");
      report.in("session 4").claim("it takes its leave", () -> leaves(client));
    }
  }

  private void plainly() throws InterruptedException {
    report.conversation(
        "A client in the plain protocol; start a test now with the service "
            + registrations.address());
    report.in("protocol 7.3");
    Spoken start = report.need("it starts a test", () -> start(registrations.mailbox()));
    aTest(
        new Way.Plain(start.sender(), node.address(), registrations.mailbox(), node.mailbox()),
        "protocol 7.3",
        start);
    report.in("protocol 7.2").claim("it deregisters", () -> leaves(start.sender()));
  }

  private void leaves(Address client) throws InterruptedException {
    registrations
        .mailbox()
        .await(
            "deregister",
            it ->
                it.type().equals("registry-operation")
                    && it.operation().equals("deregister")
                    && it.sender().port() == client.port());
  }

  private Spoken start(Mailbox mailbox) throws InterruptedException {
    return mailbox.await(
        "start of a test",
        it -> it.type().equals("test-operation") && it.operation().equals("start"),
        kit.patience().multipliedBy(4));
  }

  private void aTest(Way way, String sections) {
    report.in(sections);
    aTest(way, sections, report.need("it starts a test", () -> start(way.atService())));
  }

  private void aTest(Way way, String sections, Spoken start) {
    String id = start.runtimeId();
    List<String> artifacts = start.all("message/envelope/test/artifacts/artifact");
    String results = start.test("results-filename");
    report
        .in("protocol 6")
        .claim(
            "the test has an id, an artifact and a results file",
            () ->
                BrokenClaim.unless(
                    !id.isEmpty() && !artifacts.isEmpty() && !results.isEmpty(), start.xml()));
    report.in(sections);
    report.claim(
        "it takes pending, started and texts",
        () -> {
          state(way, id, "pending");
          state(way, id, "started");
          way.say(way.party(), "text-message", Kit.test(id, "") + "<text>\nit runs\n</text>\n");
        });
    report.claim(
        "it sends each artifact that is asked for, with its size",
        () -> {
          for (String artifact : artifacts) {
            way.say(
                way.party(),
                "file-operation",
                operation("get") + Kit.test(id, "") + Kit.file(artifact, -1));
            Spoken put =
                way.atParty().await("put of " + artifact, it -> isFile(it, "put", id, artifact));
            String size = put.text("message/envelope/file/size");
            BrokenClaim.unless(
                size.equals("-1") || size.equals(Integer.toString(put.file().length)),
                "the size is " + size + ", " + put.file().length + " octets came");
          }
        });
    report
        .in("protocol 7.4")
        .claim(
            "it aborts a file that it does not have",
            () -> {
              String name = Kit.unique("missing");
              way.say(
                  way.party(),
                  "file-operation",
                  operation("get") + Kit.test(id, "") + Kit.file(name, -1));
              way.atParty().await("abort of " + name, it -> isFile(it, "abort", id, name));
            });
    report.claim(
        "it takes the results",
        () ->
            way.put(
                way.party(),
                operation("put") + Kit.test(id, "") + Kit.file(results, RESULTS.length),
                RESULTS));
    report.in(sections).claim("it takes the end", () -> state(way, id, "finished"));
  }

  private static boolean isFile(Spoken it, String operation, String id, String name) {
    return it.type().equals("file-operation")
        && it.operation().equals(operation)
        && it.runtimeId().equals(id)
        && it.text("message/envelope/file/name").equals(name);
  }

  private void state(Way way, String id, String status) throws Exception {
    way.say(
        registrations.address(),
        "test-operation",
        operation("update") + Kit.test(id, leaf("status", status)));
  }

  @Override
  public void close() throws IOException {
    registrations.close();
    node.close();
  }
}
