package com.nokia.ci.tas.commons.transport;

import static com.nokia.ci.tas.commons.transport.Net.CLIENT;
import static com.nokia.ci.tas.commons.transport.Net.encoded;
import static com.nokia.ci.tas.commons.transport.Net.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.Closing;
import com.nokia.ci.tas.commons.message.SessionOffer;
import com.nokia.ci.tas.commons.session.Frame;
import com.nokia.ci.tas.commons.session.FrameCodec;
import com.nokia.ci.tas.commons.session.FrameType;
import com.nokia.ci.tas.commons.session.WelcomeLines;
import com.nokia.ci.tas.commons.xml.Dialect;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that speak frames by hand, mostly badly. */
@Timeout(120)
final class HostileSessionTest {
  private static final SessionOffer OFFER = SessionOffer.of("0123456789abcdef".repeat(2));

  private final Net net = new Net();
  private final KeptWatch watch = new KeptWatch();
  private final FakeReceiver receiver = FakeReceiver.ofMessages();
  private final Transport transport =
      net.transport(Deadlines.DEFAULT.withWriteStall(Duration.ofMillis(300)));
  private final List<FramePeer> peers = new ArrayList<>();

  @AfterEach
  void closeEverything() {
    Closing.all(
        () -> Closing.all(peers.stream().map(peer -> peer.socket).toArray(AutoCloseable[]::new)),
        net);
  }

  private Listener accept(SessionLimits limits) {
    return transport.listen(
        ListenSettings.on(0).withSessions(SessionRig.admitting(SessionRig.LONG), watch, limits),
        receiver);
  }

  private FramePeer offer(Listener to, SessionOffer offer) throws IOException {
    var peer = new FramePeer(new Socket(InetAddress.getLoopbackAddress(), to.port()));
    peers.add(peer);
    peer.send(encoded(SessionRig.REGISTRATION.offering(offer)));
    return peer;
  }

  private FramePeer taken(Listener to) throws Exception {
    FramePeer peer = offer(to, OFFER);
    peer.welcome();
    peer.say(new Frame.Beat());
    watch.expect("opened " + CLIENT);
    assertEquals(SessionRig.REGISTRATION, receiver.next());
    return peer;
  }

  private static SessionOffer resuming(WelcomeLines welcome, long received) {
    return OFFER.resuming(new SessionOffer.Resumption(welcome.session(), welcome.key(), received));
  }

  @Test
  void aMessageThatComesTwiceIsHandledOnceAndAcknowledgedTwice() throws Exception {
    FramePeer peer = taken(accept(SessionLimits.DEFAULT));

    peer.say(new Frame.Message(1, encoded(text("hello"))));
    assertEquals(new Frame.Ack(1), peer.hear());
    peer.say(new Frame.Message(1, encoded(text("hello"))));
    assertEquals(new Frame.Ack(1), peer.hear());

    assertEquals(text("hello"), receiver.next());
    assertTrue(receiver.isEmpty());
  }

  @Test
  void aReadFullOfMessagesIsAcknowledgedInOneGo() throws Exception {
    FramePeer peer = taken(accept(SessionLimits.DEFAULT));
    var together = ByteBuffer.allocate(100_000);
    for (int i = 1; i <= 50; i++) {
      together.put(FrameCodec.write(new Frame.Message(i, encoded(text("line " + i)))));
    }
    peer.socket.getOutputStream().write(together.array(), 0, together.position());

    long last = 0;
    int acknowledgements = 0;
    while (last < 50) {
      last = ((Frame.Ack) peer.hear()).number();
      acknowledgements++;
    }

    assertTrue(acknowledgements < 25, acknowledgements + " acknowledgements");
  }

  @Test
  void aGapEndsTheConnectionAndNotTheSession() throws Exception {
    Listener listener = accept(SessionLimits.DEFAULT);
    FramePeer peer = taken(listener);
    peer.say(new Frame.Message(1, encoded(text("first"))));
    assertEquals(new Frame.Ack(1), peer.hear());

    peer.say(new Frame.Message(3, encoded(text("third"))));

    peer.expectEnd();
    watch.expect("away " + CLIENT);
    FramePeer again = offer(listener, resuming(peer.welcome, 0));
    WelcomeLines welcome = again.welcome();
    assertTrue(welcome.resumed());
    assertEquals(1, welcome.received());
    watch.expect("resumed " + CLIENT);
    again.say(new Frame.Message(2, encoded(text("second"))));
    assertEquals(new Frame.Ack(2), again.hear());
    assertEquals(List.of("first", "second"), receiver.nextTexts(2));
  }

  @Test
  void whatWasNotAcknowledgedIsSaidAgainAfterALostAcknowledgement() throws Exception {
    Listener listener = accept(SessionLimits.DEFAULT);
    FramePeer peer = taken(listener);
    transport.send(CLIENT, text("one"), Dialect.ESCAPED);
    transport.send(CLIENT, text("two"), Dialect.ESCAPED);
    assertEquals(1, ((Frame.Message) peer.hear()).number());
    assertEquals(2, ((Frame.Message) peer.hear()).number());
    peer.socket.close();
    watch.expect("away " + CLIENT);

    FramePeer again = offer(listener, resuming(peer.welcome, 1));
    again.welcome();

    assertEquals(2, ((Frame.Message) again.hear()).number());
  }

  @Test
  void theOldConnectionIsDroppedWhereTheSessionGoesOnOverANewOne() throws Exception {
    Listener listener = accept(SessionLimits.DEFAULT);
    FramePeer peer = taken(listener);

    FramePeer again = offer(listener, resuming(peer.welcome, 0));

    assertTrue(again.welcome().resumed());
    peer.expectEnd();
  }

  @Test
  void aWrongKeyOpensAnotherSession() throws Exception {
    Listener listener = accept(SessionLimits.DEFAULT);
    FramePeer peer = taken(listener);
    SessionOffer guess =
        SessionOffer.of("f".repeat(32))
            .resuming(new SessionOffer.Resumption(peer.welcome.session(), "0".repeat(64), 0));

    WelcomeLines welcome = offer(listener, guess).welcome();

    assertTrue(!welcome.resumed() && !welcome.session().equals(peer.welcome.session()));
    assertEquals(CLIENT.host() + "~2", welcome.you().host());
  }

  @Test
  void anAcknowledgementOfWhatWasNeverSaidEndsTheSessionThatIsResumed() throws Exception {
    Listener listener = accept(SessionLimits.DEFAULT);
    FramePeer peer = taken(listener);

    offer(listener, resuming(peer.welcome, 7)).expectEnd();

    watch.expect("ended " + CLIENT + ": message 7 is said to be received, 0 were sent");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7fffffff10",
        "0000000011",
        "00002001110000",
        "0000000511" + "00000001",
        "0000000911" + "ffffffffffffffff",
        "0000000911" + "0000000000000009",
        "000000050100000000",
        "0000000202" + "20"
      })
  void aBrokenFrameEndsTheConnectionAndNotTheSession(String octets) throws Exception {
    FramePeer peer = taken(accept(SessionLimits.DEFAULT));

    peer.send(HexFormat.of().parseHex(octets));

    peer.expectEnd();
    watch.expect("away " + CLIENT);
  }

  @Test
  void anUnknownFrameEndsTheSession() throws Exception {
    FramePeer peer = taken(accept(SessionLimits.DEFAULT));

    peer.send(HexFormat.of().parseHex("0000000144"));

    assertEquals(new Frame.Bye("a frame of the unknown type 68 came in"), peer.hear());
    watch.expect(
        "ended "
            + CLIENT
            + ": "
            + CLIENT
            + " cannot be understood: a frame of the unknown type 68 came in");
  }

  @Test
  void whatIsNoMessageIsRefusedAndTheNextIsTaken() throws Exception {
    FramePeer peer = taken(accept(SessionLimits.DEFAULT));

    peer.say(new Frame.Message(1, "nonsense".getBytes(StandardCharsets.UTF_8)));
    peer.say(new Frame.Message(2, encoded(Net.put("a.zip", 3))));
    peer.say(new Frame.Message(3, encoded(text("hello"))));

    assertEquals(1, assertInstanceOf(Frame.Refusal.class, peer.hear()).number());
    Frame next = peer.hear();
    while (!(next instanceof Frame.Refusal)) {
      next = peer.hear();
    }
    assertEquals(new Frame.Refusal(2, "a put has a stream of its own"), next);
    assertEquals(text("hello"), receiver.next());
  }

  @Test
  void anOfferThatDripsIsCutOff() throws Exception {
    Listener listener =
        transport.listen(
            ListenSettings.on(0)
                .withSessions(
                    SessionRig.admitting(SessionRig.LONG),
                    watch,
                    SessionLimits.DEFAULT.withOffer(Duration.ofSeconds(2))),
            receiver.admitting(peer -> Optional.of("strangers may offer a session")));

    assertEquals("strangers may offer a session\n", net.connect(listener).send("<?xml").answer());
  }

  @Test
  void aWelcomeThatIsNeverTakenIsForgotten() throws Exception {
    FramePeer peer = offer(accept(SessionLimits.DEFAULT.withOffer(Duration.ofSeconds(2))), OFFER);
    peer.welcome();

    peer.expectEnd();
    assertTrue(watch.told.isEmpty() && receiver.isEmpty());
  }

  @Test
  void aPeerThatReadsNothingLosesItsConnection() throws Exception {
    FramePeer peer = taken(accept(SessionLimits.DEFAULT));
    for (int i = 0; i < 12; i++) {
      transport.send(CLIENT, text("x".repeat(3 << 20)), Dialect.ESCAPED);
    }

    watch.expect("away " + CLIENT);
    assertTrue(peer.socket.isConnected());
  }

  @Test
  void randomOctetsHurtNobodyElse() throws Exception {
    Listener listener = accept(SessionLimits.DEFAULT);
    FramePeer good = taken(listener);
    var random = new Random(7);
    for (int i = 0; i < 60; i++) {
      FramePeer bad = offer(listener, SessionOffer.of(String.format("%032d", i)));
      bad.welcome();
      byte[] octets = new byte[1 + random.nextInt(5_000)];
      random.nextBytes(octets);
      octets[0] = random.nextBoolean() ? 0 : octets[0];
      try {
        bad.send(octets);
      } catch (IOException e) {
        assertTrue(i >= 0, e.getMessage());
      }
    }

    good.say(new Frame.Message(1, encoded(text("still here"))));

    assertEquals(new Frame.Ack(1), good.hear());
  }

  /** An acceptor that answers nonsense is dialled again, and nothing worse. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000103",
        "00000003010a0a",
        "0000200201",
        "00000000",
        "0000000901" + "73657373696f6e3d"
      })
  void nonsenseInPlaceOfAWelcomeIsNoSession(String octets) throws Exception {
    var owner = new KeptWatch();
    try (var port = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Session session =
          transport.keep(
              SessionWish.with(
                      new com.nokia.ci.tas.commons.model.Endpoint("127.0.0.1", port.getLocalPort()),
                      () -> SessionRig.REGISTRATION)
                  .withLimits(SessionRig.QUICK.withOffer(Duration.ofMillis(200))),
              receiver,
              owner);
      try (Socket accepted = port.accept()) {
        accepted.getOutputStream().write(HexFormat.of().parseHex(octets));
        owner.expect("away");
      }
      session.close();
    }
  }

  /** Speaks frames over a plain socket. */
  private static final class FramePeer {
    private final Socket socket;
    private final DataInputStream in;
    private WelcomeLines welcome;

    private FramePeer(Socket socket) throws IOException {
      this.socket = socket;
      socket.setSoTimeout(30_000);
      this.in = new DataInputStream(socket.getInputStream());
    }

    private void send(byte[] octets) throws IOException {
      socket.getOutputStream().write(octets);
    }

    private void say(Frame frame) throws IOException {
      send(FrameCodec.write(frame));
    }

    private WelcomeLines welcome() throws IOException {
      welcome = ((Frame.Welcome) hear()).lines();
      return welcome;
    }

    /** The next frame that is no beat. */
    private Frame hear() throws IOException {
      int length = in.readInt();
      FrameType type = FrameType.of(in.readUnsignedByte()).orElseThrow();
      Frame frame = FrameCodec.read(type, ByteBuffer.wrap(in.readNBytes(length - 1)));
      return frame instanceof Frame.Beat ? hear() : frame;
    }

    private void expectEnd() throws IOException {
      try {
        int octet = in.read();
        while (octet >= 0) {
          octet = in.read();
        }
      } catch (java.net.SocketException e) {
        assertTrue(e.getMessage().startsWith("Connection reset"), e.getMessage());
      }
    }
  }
}
