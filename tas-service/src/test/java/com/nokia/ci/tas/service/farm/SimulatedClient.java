package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.commons.model.Bond;
import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Principal;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ReleasingMode;
import com.nokia.ci.tas.commons.model.Rights;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.commons.model.TestStatus;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A client that wants this and that of a simulated farm. One that keeps a session comes back to it
 * by itself, asks what has become of its tests, and starts again those that are not known.
 */
final class SimulatedClient {
  private static final Duration MOMENT = Duration.ofSeconds(3);
  private static final Duration SOON = Duration.ofMillis(5);

  /** How many names its tests have. */
  private static final int MANY = 40;

  private static final int FEW = 8;

  private static final Duration SILENCE = Duration.ofMinutes(1);
  private static final Set<TestStatus> FINAL =
      Set.of(TestStatus.FINISHED, TestStatus.FAILED, TestStatus.STOPPED);

  /** What somebody may want of a test that another started. */
  private static final List<Bond> WANTED =
      List.of(Bond.ATTACH, Bond.ATTACH, Bond.RESULTS, Bond.FETCH);

  /** Somebody with the right to what others have started. */
  private static final Principal OPERATOR =
      new Principal(
          Principal.Kind.CLIENT,
          "somebody",
          Optional.empty(),
          Optional.empty(),
          Rights.onFarm(AccessRole.OPERATE));

  final ClientId id;
  private final Simulation simulation;
  private final Event.Line line;
  private final SimulatedTests tests;

  /** What a client with a session has started, by names of its own, and not heard the end of. */
  private final Map<String, Event.TestSubmitted> mine = new TreeMap<>();

  /** Tests of others whose end it has asked to hear. */
  private final Set<RuntimeId> followed = new TreeSet<>();

  /** What it has submitted since its process began. */
  private final Set<TestId> submitted = new TreeSet<>();

  /** Which of these have ended without its having read that. */
  private final Set<TestId> unheard = new TreeSet<>();

  /** What the service has to say to it, in the order said. */
  private final Deque<Effect.TellClient> outbox = new ArrayDeque<>();

  private boolean isGone;
  private boolean isConnected;
  private int connection;

  SimulatedClient(Simulation simulation, ClientId id, Event.Line line) {
    this.id = id;
    this.simulation = simulation;
    this.line = line;
    tests = new SimulatedTests(simulation, line);
  }

  void begin() {
    connect();
    simulation.after(simulation.between(Duration.ZERO, Duration.ofMinutes(3)), this::act);
  }

  /** Its process ends; later there may be another at its address. */
  void vanish() {
    isGone = true;
    disconnect();
    mine.clear();
    followed.clear();
    forget();
    if (simulation.chance(0.5)) {
      simulation.post(new Event.ClientLeft(simulation.now, id));
    }
    simulation.after(
        simulation.between(Duration.ofSeconds(1), Duration.ofMinutes(20)),
        () -> {
          isGone = false;
          connect();
        });
  }

  /** What it has started and not heard the end of, as far as it can know. */
  Set<String> unended() {
    var all = new TreeSet<>(mine.keySet());
    followed.forEach(test -> all.add(test.text()));
    return all;
  }

  /** A test of it has ended. */
  void owed(TestId test) {
    if (submitted.contains(test)) {
      unheard.add(test);
    }
  }

  /** What has ended without its having read that, as far as it is owed an end. */
  Set<TestId> unheard() {
    return unheard;
  }

  /** Whatever it has started, nobody waits for any more. */
  void forget() {
    submitted.clear();
    unheard.clear();
  }

  // ---- its session

  void serviceDied() {
    disconnect();
    connect();
  }

  private void disconnect() {
    isConnected = false;
    connection++;
    outbox.clear();
  }

  private void connect() {
    if (line == Event.Line.PLAIN) {
      return;
    }
    int before = connection;
    simulation.after(
        simulation.between(SOON, Duration.ofSeconds(5)),
        () -> {
          if (before != connection || isConnected || isGone) {
            return;
          }
          if (simulation.service.isUp()) {
            connected();
          } else {
            connect();
          }
        });
  }

  private void connected() {
    isConnected = true;
    simulation.post(new Event.ClientRegistered(simulation.now, id));
    for (var name : List.copyOf(mine.keySet())) {
      simulation.post(new Event.CheckRequested(simulation.now, id.endpoint(), Cast.test(name)));
    }
    List.copyOf(followed).forEach(test -> ask(test, Bond.ATTACH));
  }

  private boolean canSpeak() {
    return !isGone && (line == Event.Line.PLAIN || isConnected);
  }

  // ---- what it wants

  private void act() {
    if (simulation.isPeace()) {
      return;
    }
    if (canSpeak()) {
      submit();
    }
    if (simulation.make.is(Make.Trait.DETACHING) && line == Event.Line.SESSION && canSpeak()) {
      detach();
    }
    var latest = simulation.make.is(Make.Trait.COMPARING) ? MOMENT : Duration.ofMinutes(1);
    simulation.after(simulation.between(Duration.ofSeconds(1), latest), this::act);
  }

  /** It goes away from what it has started, or wants something of tests that others started. */
  private void detach() {
    if (simulation.chance(0.15)) {
      vanish();
      return;
    }
    var tests = List.copyOf(simulation.world.detached);
    for (int times = 0; times < 2 && !tests.isEmpty(); times++) {
      var test = simulation.oneOf(tests);
      boolean isMine = mine.containsKey(test.test().value());
      ask(test, isMine ? Bond.RESULTS : simulation.oneOf(WANTED));
    }
  }

  private void ask(RuntimeId test, Bond bond) {
    if (bond == Bond.ATTACH) {
      followed.add(test);
    }
    var named = TestDescription.named(test);
    simulation.post(
        new Event.CheckRequested(
            simulation.now, id.endpoint(), named.with(named.origin().bound(bond)), OPERATOR));
  }

  /** Another is the client of a test now. */
  void replaced(RuntimeId test) {
    submitted.remove(test.test());
    mine.remove(test.test().value());
    followed.remove(test);
  }

  private void submit() {
    boolean isShared = line == Event.Line.PLAIN || simulation.chance(0.5);
    int names = simulation.make.is(Make.Trait.LATE) ? FEW : MANY;
    String name =
        "t" + simulation.random.nextInt(names) + (isShared ? "" : "_" + id.endpoint().port());
    var test = tests.test(name);
    var submission = new Event.TestSubmitted(simulation.now, id, test, tests.wish(test), line);
    if (!isShared) {
      mine.putIfAbsent(name, submission);
    }
    simulation.post(submission);
    submitted.add(test.id().test());
    unheard.remove(test.id().test());
    if (simulation.isCalm()) {
      return;
    }
    if (simulation.chance(0.05)) {
      later(MOMENT, () -> simulation.post(again(submission)));
    }
    if (simulation.chance(0.15)) {
      var by = simulation.chance(0.5) ? id.endpoint() : new Endpoint("admin.test", 7);
      later(
          simulation.between(Duration.ZERO, Duration.ofMinutes(5)),
          () ->
              simulation.post(
                  new Event.StopRequested(simulation.now, by, RuntimeId.of(name), "enough")));
    }
    if (simulation.chance(0.2)) {
      later(
          simulation.between(Duration.ZERO, Duration.ofMinutes(5)),
          () ->
              simulation.post(
                  new Event.CheckRequested(simulation.now, id.endpoint(), Cast.test(name))));
    }
  }

  private void later(Duration delay, Runnable action) {
    simulation.after(
        delay,
        () -> {
          if (canSpeak()) {
            action.run();
          }
        });
  }

  private Event.TestSubmitted again(Event.TestSubmitted submission) {
    return new Event.TestSubmitted(
        simulation.now, id, submission.test(), submission.wanted(), line);
  }

  // ---- what it hears

  /** A message to it: arrives, or not. Without a text it only asks whether somebody is there. */
  void receive(Optional<Effect.TellClient> message) {
    if (line == Event.Line.PLAIN || isGone) {
      dialled(message);
    } else if (message.isPresent()) {
      outbox.add(message.get());
      if (isConnected) {
        transmit(message.get());
      }
    } else if (isConnected) {
      var back = simulation.service.line();
      simulation.after(SOON, () -> back.accept(new Event.ClientSeen(simulation.now, id)));
    }
  }

  private void dialled(Optional<Effect.TellClient> message) {
    var service = simulation.service;
    var back = service.line();
    int sentIn = service.life();
    boolean wasGone = isGone;
    var silence = line == Event.Line.PLAIN ? MOMENT : SILENCE;
    simulation.after(
        wasGone ? silence : SOON,
        () -> {
          if (service.life() != sentIn && simulation.chance(0.5)) {
            return; // it had not left yet when the service was killed
          }
          if (wasGone) {
            back.accept(new Event.ClientUnreachable(simulation.now, id, "no route"));
          } else {
            message.ifPresent(this::read);
            heard(message, back);
          }
        });
  }

  private void transmit(Effect.TellClient message) {
    int mineThen = connection;
    var back = simulation.service.line();
    simulation.after(
        SOON,
        () -> {
          if (mineThen == connection && outbox.remove(message)) {
            read(message);
            heard(Optional.of(message), back);
          }
        });
  }

  private void heard(Optional<Effect.TellClient> message, Consumer<Event> back) {
    back.accept(new Event.ClientSeen(simulation.now, id));
    message
        .filter(SimulatedClient::isEnd)
        .ifPresent(
            end -> back.accept(new Event.EndDelivered(simulation.now, id, end.test().id().test())));
  }

  private static boolean isEnd(Effect.TellClient message) {
    return message.kind() == Effect.TellClient.Kind.UPDATE
        && FINAL.contains(message.test().progress().status());
  }

  private void read(Effect.TellClient message) {
    var test = message.test();
    if (isEnd(message)) {
      unheard.remove(test.id().test());
    }
    if (line == Event.Line.SESSION) {
      follow(message);
    }
    boolean keeps =
        test.demand().releasingMode() == ReleasingMode.MANUAL
            && test.progress().status() == TestStatus.FINISHED;
    if (keeps && simulation.chance(0.8)) {
      var products = test.progress().reservedProducts();
      simulation.after(
          simulation.between(Duration.ZERO, Duration.ofMinutes(3)), () -> release(products));
    }
  }

  private void follow(Effect.TellClient message) {
    String name = message.test().id().test().value();
    if (isEnd(message) || message.kind() == Effect.TellClient.Kind.STOP) {
      followed.remove(message.test().id());
    }
    if (isEnd(message)) {
      mine.remove(name);
    } else if (message.kind() == Effect.TellClient.Kind.STOP && mine.containsKey(name)) {
      simulation.post(again(mine.get(name)));
    }
  }

  private void release(List<ProductDescription> products) {
    for (var product : products) {
      simulation.post(
          new Event.ProductReported(
              simulation.now, id.endpoint(), Event.Report.UPDATED, Cast.free(product.id())));
    }
  }
}
