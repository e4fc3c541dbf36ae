package com.nokia.ci.tas.samples.conformance;

import static com.nokia.ci.tas.samples.conformance.Kit.leaf;
import static com.nokia.ci.tas.samples.conformance.Kit.operation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** A communicator: this side is its service and the client of the tests that it runs. */
final class CommunicatorTalks implements AutoCloseable {
  private static final String SCRIPT = "echo it runs\necho found > results.txt\n";

  /** Whoever has offered a session needs a moment to see that this side has none. */
  private static final Duration SEES_PLAIN = Duration.ofSeconds(1);

  private static final String NODE = "message/envelope/test-node";

  private final Kit kit;
  private final Report report;
  private final Registrations registrations;
  private final PlainPort client;
  private final boolean plainOnly;

  CommunicatorTalks(Kit kit, int port, boolean plainOnly) throws IOException {
    this.kit = kit;
    this.report = kit.report();
    this.plainOnly = plainOnly;
    this.registrations = new Registrations(kit, port, !plainOnly);
    this.client = PlainPort.open(kit.host(), kit.patience());
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
        "A session of a communicator; start it now with the service " + registrations.address());
    report.in("session 2");
    try (var session = new SessionPeer(registrations.mailbox(), kit.patience())) {
      Registrations.Offer offer =
          report.need(
              "it offers a session when it registers, and beats",
              () -> session.take(registrations, /* resumed= */ false));
      Offers.claims(report, offer);
      report.claim(
          "the registration lists what it runs: nothing",
          () ->
              BrokenClaim.unless(
                  offer.registration().has("message/envelope/runs")
                      && offer.registration().text("message/envelope/runs").isBlank(),
                  offer.registration().xml()));
      var way =
          new Way.Session(
              node(offer.registration()),
              new Address(Kit.unique("client"), 9),
              session,
              registrations.mailbox());
      aTest(way, "session 4, 6");
      aStop(way);
      goesOn(session, way);
      ends(session);
    }
  }

  private void goesOn(SessionPeer session, Way way) {
    long said = session.said();
    session.cut();
    report.in("session 4");
    Registrations.Offer again =
        report.need(
            "after a lost connection it dials again",
            () -> session.take(registrations, /* resumed= */ true));
    report.claim(
        "and offers to resume, with the number of the last message that it took",
        () ->
            BrokenClaim.unless(
                again.word("resume").equals(session.resumption())
                    && again.word("received").equals(Long.toString(said)),
                again.registration().text("message/envelope/session")));
    aTest(way, "session 4, 6");
  }

  private void ends(SessionPeer session) {
    report.in("session 3");
    Registrations.Offer anew =
        report.need(
            "after BYE it offers a new session",
            () -> {
              session.bye();
              return registrations.awaitOffer();
            });
    PlainPort.close(anew.socket());
    report.claim(
        "which goes on with nothing",
        () ->
            BrokenClaim.unless(
                anew.word("resume").isEmpty(),
                anew.registration().text("message/envelope/session")));
  }

  private void plainly() throws InterruptedException {
    report.conversation(
        "A communicator in the plain protocol; its service is " + registrations.address());
    report.in("protocol 7.1");
    Spoken registration = report.need("it registers", registrations::awaitPlain);
    LockSupport.parkNanos(SEES_PLAIN.toNanos());
    Address node =
        report.need(
            "with a test-node block that has the address of its sender",
            () -> {
              BrokenClaim.unless(
                  node(registration).equals(registration.sender()),
                  "the sender is " + registration.sender() + ", the node " + node(registration));
              return node(registration);
            });
    report
        .in("protocol 1")
        .claim(
            "a connection without a byte is not answered",
            () -> {
              String answer = PlainPort.send(node, new byte[0]);
              BrokenClaim.unless(answer.isEmpty(), "the answer is " + answer);
            });
    var way = new Way.Plain(node, client.address(), registrations.mailbox(), client.mailbox());
    aTest(way, "protocol 7.3");
    aFailure(way);
    anAbortedFile(way);
    aStop(way);
    report
        .in("protocol 9")
        .claim(
            "bytes that are no message are refused with one line",
            () -> {
              String answer = PlainPort.send(node, "hello\n".getBytes(StandardCharsets.US_ASCII));
              BrokenClaim.unless(answer.strip().lines().count() == 1, "the answer is " + answer);
            });
  }

  private static Address node(Spoken registration) {
    return registration.address(NODE);
  }

  private static Predicate<Spoken> of(String id, String type, String operation) {
    return it ->
        it.type().equals(type) && it.operation().equals(operation) && it.runtimeId().equals(id);
  }

  private void start(Way way, String id, String application) throws Exception {
    way.say(
        way.party(),
        "test-operation",
        operation("start")
            + Kit.test(
                id,
                leaf("target", "nose")
                    + leaf("attempt", "1")
                    + (way.route().isEmpty() ? "" : leaf("route", way.route()))
                    + leaf("executor-application", application)
                    + leaf("executor-script", "run.sh")
                    + "<artifacts>\n\t<artifact>run.sh</artifact>\n</artifacts>\n"
                    + leaf("results-filename", "results.txt")));
  }

  private static void told(Way way, String id, String status) throws InterruptedException {
    way.atService()
        .await(
            "update of " + id + " to " + status,
            it -> of(id, "test-operation", "update").test(it) && it.status().equals(status));
  }

  private void asksForScript(Way way, String id) throws InterruptedException {
    Spoken get = way.atParty().await("get of run.sh", of(id, "file-operation", "get"));
    String name = get.text("message/envelope/file/name");
    BrokenClaim.unless(name.equals("run.sh"), "it asks for \"" + name + "\"");
  }

  private void sendScript(Way way, String id, String script) throws Exception {
    byte[] bytes = script.getBytes(StandardCharsets.UTF_8);
    way.put(
        way.party(), operation("put") + Kit.test(id, "") + Kit.file("run.sh", bytes.length), bytes);
  }

  private void aTest(Way way, String sections) {
    String id = Kit.unique("run");
    report.in(sections);
    report.claim(
        "a start makes it ask the client for the artifact",
        () -> {
          start(way, id, "sh");
          asksForScript(way, id);
        });
    report.claim("it takes the file", () -> sendScript(way, id, SCRIPT));
    report.claim("it tells the service that the test started", () -> told(way, id, "started"));
    report.claim(
        "it tells the client what the executor prints",
        () ->
            way.atParty()
                .await(
                    "text with \"it runs\"",
                    it ->
                        it.type().equals("text-message")
                            && it.text("message/envelope/text").contains("it runs")));
    report.claim(
        "it sends the results",
        () -> {
          Spoken put = way.atParty().await("put of results.txt", of(id, "file-operation", "put"));
          String content = new String(put.file(), StandardCharsets.UTF_8);
          BrokenClaim.unless(content.equals("found\n"), "they are \"" + content + "\"");
          BrokenClaim.unless(
              put.text("message/envelope/file/size").equals("6"), "the size is wrong");
        });
    report.claim("it tells the service that the test finished", () -> told(way, id, "finished"));
  }

  private void aFailure(Way way) {
    String id = Kit.unique("fails");
    report.in("protocol 7.3");
    report.claim(
        "an exit code fails the test, with that number in the details",
        () -> {
          start(way, id, "sh");
          asksForScript(way, id);
          sendScript(way, id, "echo found > results.txt\nexit 7\n");
          Spoken failed =
              way.atService()
                  .await(
                      "update of " + id + " to failed",
                      it ->
                          of(id, "test-operation", "update").test(it)
                              && it.status().equals("failed"));
          BrokenClaim.unless(
              failed.test("status-details").contains("7"),
              "the details are \"" + failed.test("status-details") + "\"");
        });
  }

  private void anAbortedFile(Way way) {
    String id = Kit.unique("aborted");
    report.in("protocol 7.4");
    report.claim(
        "a file that the client aborts fails the test",
        () -> {
          start(way, id, "sh");
          asksForScript(way, id);
          way.say(
              way.party(),
              "file-operation",
              operation("abort") + Kit.test(id, "") + Kit.file("run.sh", -1));
          told(way, id, "failed");
        });
  }

  private void aStop(Way way) {
    String id = Kit.unique("stopped");
    report.in("protocol 7.6");
    report.claim(
        "a stop ends the executor and the test",
        () -> {
          start(way, id, "sh");
          asksForScript(way, id);
          sendScript(way, id, "sleep 300\n");
          told(way, id, "started");
          way.say(registrations.address(), "test-operation", operation("stop") + Kit.test(id, ""));
          told(way, id, "failed");
        });
  }

  @Override
  public void close() throws IOException {
    registrations.close();
    client.close();
  }
}
