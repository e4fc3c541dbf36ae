package com.nokia.ci.tas.samples.conformance;

import static com.nokia.ci.tas.samples.conformance.Kit.leaf;
import static com.nokia.ci.tas.samples.conformance.Kit.operation;

import com.nokia.ci.tas.samples.conformance.SessionLine.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A service as the acceptor of sessions: this side is a client that has no port. */
final class ServiceInSession {
  private static final List<String> KEYS =
      List.of(
          "session",
          "key",
          "resumed",
          "received",
          "you",
          "acceptor",
          "beat",
          "silence",
          "retention");

  private final Kit kit;
  private final Report report;
  private final Address service;
  private final Address self;
  private final String instance = Kit.hex(16);

  ServiceInSession(Kit kit, Address service) {
    this.kit = kit;
    this.report = kit.report();
    this.service = service;
    this.self = new Address(Kit.unique("kit"), 9);
  }

  /** A session that stands, and what its welcome said. */
  private record Standing(SessionLine line, Map<String, String> welcome) implements AutoCloseable {
    @Override
    public void close() {
      line.close();
    }
  }

  void talk() throws Exception {
    report.hold(this::begins);
    report.hold(this::resumes);
    broken();
  }

  private void begins() {
    report.conversation("A session is offered");
    report.in("session 2");
    try (Standing first =
        report.need("an offer is answered with WELCOME and nothing before it", () -> offer(""))) {
      welcomed(first.welcome());
      messages(first);
    }
  }

  private Standing offer(String further) throws IOException {
    return offer(further, self);
  }

  private Standing offer(String further, Address sender) throws IOException {
    String registration =
        Spoken.message(
            "registry-operation",
            sender,
            service,
            operation("register")
                + leaf("remote", "client")
                + leaf("session", "1 instance=" + instance + " new-word=1" + further));
    SessionLine line = SessionLine.offer(service, registration, kit.patience());
    try {
      Frame frame =
          line.next(kit.patience())
              .orElseThrow(() -> new BrokenClaim("the connection was closed: a plain peer"));
      BrokenClaim.unless(
          frame.type() == SessionLine.WELCOME,
          "the first is a " + frame + ": " + new String(frame.payload(), StandardCharsets.UTF_8));
      return new Standing(line, frame.lines());
    } catch (BrokenClaim e) {
      line.close();
      throw e;
    }
  }

  private void welcomed(Map<String, String> welcome) {
    report.claim(
        "the welcome has every key",
        () ->
            KEYS.forEach(
                key -> BrokenClaim.unless(welcome.containsKey(key), "there is no " + key)));
    report.claim(
        "a new session is not resumed and has received nothing",
        () ->
            BrokenClaim.unless(
                welcome.get("resumed").equals("no") && welcome.get("received").equals("0"),
                "resumed=" + welcome.get("resumed") + " received=" + welcome.get("received")));
    report.claim(
        "you is the address of the registration",
        () ->
            BrokenClaim.unless(
                welcome.get("you").equals(self.toString()), "you=" + welcome.get("you")));
    report
        .in("session 5")
        .claim(
            "the beat is a third of the silence",
            () -> {
              long beat = Long.parseLong(welcome.get("beat"));
              long silence = Long.parseLong(welcome.get("silence"));
              BrokenClaim.unless(
                  beat > 0 && Math.abs(3 * beat - silence) <= 3,
                  "beat=" + beat + " silence=" + silence);
            });
  }

  private void messages(Standing standing) {
    SessionLine line = standing.line();
    String id = Kit.unique("session");
    report.conversation("Messages on a session");
    report
        .in("session 4")
        .claim(
            "message 1 is acknowledged",
            () -> {
              line.sendMessage(1, start(id));
              line.await(
                  "ACK of 1", frame -> frame.type() == SessionLine.ACK && frame.number() >= 1);
            });
  }

  private String start(String id) {
    return Spoken.message(
        "test-operation",
        self,
        service,
        operation("start")
            + Kit.test(
                id,
                leaf("executor-application", "true")
                    + leaf("required-products-expression", "imei:" + Kit.imei() + ";")));
  }

  private String order(String operation, String id) {
    return Spoken.message("test-operation", self, service, operation(operation) + Kit.test(id, ""));
  }

  /** What the service says of tests, with its numbers. */
  private static Frame answer(SessionLine line, String id, String operation, String status)
      throws IOException {
    return line.await(
        operation + " of " + id + " with status " + status,
        frame -> frame.type() == SessionLine.MESSAGE && is(frame.spoken(), id, operation, status));
  }

  private static boolean is(Spoken message, String id, String operation, String status) {
    if (!message.runtimeId().equals(id)) {
      return false;
    }
    BrokenClaim.unless(
        !message.status().equals("failed"), "the test failed: " + message.test("status-details"));
    return message.operation().equals(operation) && message.status().equals(status);
  }

  private void resumes() {
    report.conversation("A session outlives its connection");
    report.in("session 4");
    Standing before = report.need("a session is taken", () -> offer(""));
    String id = Kit.unique("resumed");
    String resume =
        " resume=" + before.welcome().get("session") + ":" + before.welcome().get("key");
    Frame update;
    try (SessionLine line = before.line()) {
      line.acknowledgeNoMore();
      update =
          report.need(
              "the answer comes on the connection",
              () -> {
                line.sendMessage(1, start(id));
                return answer(line, id, "update", "pending");
              });
      report.claim(
          "a number that was received before is acknowledged and not handled again",
          () -> {
            line.sendMessage(1, start(id));
            line.sendMessage(2, order("check", id));
            line.await("ACK of 2", frame -> frame.type() == SessionLine.ACK && frame.number() >= 2);
          });
    }
    report.in("session 2");
    Standing after =
        report.need(
            "after a lost connection it is resumed",
            () -> {
              Standing again = offer(resume + " received=" + (update.number() - 1));
              BrokenClaim.unless(
                  again.welcome().get("resumed").equals("yes")
                      && again.welcome().get("session").equals(before.welcome().get("session")),
                  "resumed=" + again.welcome().get("resumed"));
              return again;
            });
    try (SessionLine line = after.line()) {
      report.claim(
          "received is the last number that was taken",
          () ->
              BrokenClaim.unless(
                  after.welcome().get("received").equals("2"),
                  "received=" + after.welcome().get("received")));
      report
          .in("session 4")
          .claim(
              "what was not received is sent again, under its number",
              () -> {
                Frame again = answer(line, id, "update", "pending");
                BrokenClaim.unless(
                    again.number() == update.number(),
                    "its number is " + again.number() + ", it was " + update.number());
              });
      report.claim(
          "numbers go on",
          () -> {
            line.sendMessage(3, order("stop", id));
            Frame stopped = answer(line, id, "update", "stopped");
            BrokenClaim.unless(
                stopped.number() > update.number(), "its number is " + stopped.number());
          });
      report
          .in("session 5")
          .claim("whoever has nothing to say beats", () -> beats(line, after.welcome()));
      report
          .in("session 3")
          .claim(
              "a frame of unknown type from 0x80 on is skipped",
              () -> {
                line.send(0x90, new byte[] {1, 2, 3});
                line.sendMessage(4, order("check", Kit.unique("skipped")));
                line.await(
                    "ACK of 4", frame -> frame.type() == SessionLine.ACK && frame.number() >= 4);
              });
      report
          .in("session 6")
          .claim(
              "a file that nobody wants is reset with code 1",
              () -> {
                line.send(
                    SessionLine.OPEN,
                    SessionLine.stream(1),
                    Spoken.message(
                            "file-operation",
                            self,
                            service,
                            operation("put")
                                + Kit.test(Kit.unique("nobody"), "")
                                + Kit.file("x.zip", 100_000))
                        .getBytes(StandardCharsets.UTF_8));
                Frame reset = line.await(SessionLine.RESET, "RESET of stream 1");
                BrokenClaim.unless(
                    reset.stream() == 1 && reset.payload()[Integer.BYTES] == 1,
                    "it is of stream " + reset.stream() + ", code " + reset.payload()[4]);
              });
      report
          .in("session 3")
          .claim("BYE ends the session", () -> line.send(SessionLine.BYE, new byte[0]));
    }
    report
        .in("session 2")
        .claim(
            "a session that is over is not resumed",
            () -> {
              Standing anew = offer(resume + " received=0");
              try (SessionLine line = anew.line()) {
                BrokenClaim.unless(anew.welcome().get("resumed").equals("no"), "it is resumed");
                line.send(SessionLine.BYE, new byte[0]);
              }
            });
  }

  private static void beats(SessionLine line, Map<String, String> welcome) throws IOException {
    long beat = Long.parseLong(welcome.get("beat"));
    long silence = Long.parseLong(welcome.get("silence"));
    long end = System.nanoTime() + Duration.ofMillis(silence).toNanos();
    while (System.nanoTime() < end) {
      Optional<Frame> frame = line.next(Duration.ofMillis(silence));
      BrokenClaim.unless(frame.isPresent(), "the connection was closed");
      if (frame.get().type() == SessionLine.MESSAGE) {
        line.send(SessionLine.ACK, SessionLine.number(frame.get().number()));
      } else if (frame.get().type() == SessionLine.BEAT) {
        line.send(SessionLine.BEAT);
        return;
      }
    }
    throw new BrokenClaim("no beat came in " + silence + " ms, one each " + beat + " ms is due");
  }

  private void broken() {
    report.conversation("What breaks the rules of sessions");
    ends("session 3", "a frame of unknown type below 0x80 ends it", new byte[] {0, 0, 0, 1, 0x7F});
    ends(
        "session 3",
        "a frame that is too long is refused at its head",
        new byte[] {0x7F, 0, 0, 0, 0x10});
    ends("session 3", "a frame without a type is refused", new byte[] {0, 0, 0, 0, 0});
    ends(
        "session 4",
        "a gap in the numbers ends the connection",
        gap(order("check", Kit.unique("gap"))));
    report
        .in("session 2")
        .claim(
            "a wrong key resumes nothing",
            () -> {
              Standing first = offer("");
              String wrong = first.welcome().get("session") + ":" + Kit.hex(16);
              Standing second =
                  offer(" resume=" + wrong + " received=0", new Address(Kit.unique("kit"), 9));
              try (first;
                  second) {
                BrokenClaim.unless(second.welcome().get("resumed").equals("no"), "it is resumed");
                second.line().send(SessionLine.BYE, new byte[0]);
                first.line().sendMessage(1, order("check", Kit.unique("still")));
                first.line().await("ACK of 1 on the right one", it -> it.type() == SessionLine.ACK);
                first.line().send(SessionLine.BYE, new byte[0]);
              }
            });
    report.claim(
        "an offer that makes no sense is refused",
        () -> {
          try {
            offer(" resume=nonsense").line().close();
          } catch (BrokenClaim refused) {
            return;
          }
          throw new BrokenClaim("it was taken");
        });
  }

  private static byte[] gap(String xml) {
    byte[] message = xml.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Integer.BYTES + 1 + Long.BYTES + message.length)
        .putInt(1 + Long.BYTES + message.length)
        .put((byte) SessionLine.MESSAGE)
        .putLong(7)
        .put(message)
        .array();
  }

  private void ends(String section, String claim, byte[] octets) {
    report
        .in(section)
        .claim(
            claim,
            () -> {
              try (SessionLine line = offer("").line()) {
                line.sendRaw(octets);
                line.awaitClose("it");
              }
            });
  }
}
