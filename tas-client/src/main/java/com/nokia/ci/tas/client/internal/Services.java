package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.client.verdict.Ending;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.commons.transport.Peer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The services of one client and the tests that they execute for it: what they are told, and what
 * follows when one is away, has begun anew, or is lost. For any thread; nothing waits.
 */
final class Services implements ServiceLink.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(Services.class);

  private final BiFunction<Endpoint, ServiceLink.Listener, ServiceLink> newLink;
  private final DirectDoor door;
  private final Clock clock;
  private final Executor threads;
  private final RunningTests running;
  private final ServiceNames names;
  private final Duration patience;
  private final ConcurrentMap<Endpoint, ServiceLink> links = new ConcurrentHashMap<>();

  /**
   * No services yet.
   *
   * @param newLink makes the link to a service that is told something for the first time
   * @param door where the nodes of the tests come in directly
   * @param names by which products know their services
   * @param patience how long a node may send nothing of what it keeps
   * @param threads do what waits for something else
   */
  Services(
      BiFunction<Endpoint, ServiceLink.Listener, ServiceLink> newLink,
      DirectDoor door,
      RunningTests running,
      ServiceNames names,
      Duration patience,
      Clock clock,
      Executor threads) {
    this.newLink = newLink;
    this.door = door;
    this.running = running;
    this.names = names;
    this.patience = patience;
    this.clock = clock;
    this.threads = threads;
  }

  RunningTests running() {
    return running;
  }

  ServiceNames names() {
    return names;
  }

  /**
   * Begins to watch a test and tells its service.
   *
   * @param kind start, or stop or check for a test that another client started
   * @return false when the service executes a test of that id for this client already
   */
  boolean begin(RunningTest test, TestOperation.Kind kind) {
    ServiceLink link = link(test.service());
    return link.together(
        () -> {
          boolean isNew = running.add(test);
          if (isNew) {
            begin(link, kind, test);
          }
          if (isNew && test.isUnanswered()) {
            lookAfterAnswer(test);
          }
          return isNew;
        });
  }

  /** Asks the service to stop a test. */
  void stop(RunningTest test) {
    test.submission().stop();
    tell(link(test.service()), TestOperation.Kind.STOP, test, test.description());
  }

  /**
   * A service does not know a test of ours.
   *
   * @return whether the test was submitted to it again, because it was restarted
   */
  boolean submitAgain(RunningTest test) {
    Optional<TestDescription> forgotten = test.submission().forgotten();
    forgotten.ifPresent(
        description -> {
          test.note("the restarted service does not know the test, it is submitted again");
          tell(link(test.service()), TestOperation.Kind.START, test, description);
        });
    return forgotten.isPresent();
  }

  /** A test is over; its service is left when it has no other of ours. */
  void end(RunningTest test, TestProgress progress, Ending outcome) {
    test.end(progress, outcome, told -> forget(test, told));
  }

  /** A test is over; one that outlives its client has yet to get what its node keeps. */
  void endHeld(RunningTest test, TestProgress progress, Ending outcome) {
    if (test.isAwaitingKept()) {
      return; // told once more
    }
    var asked =
        isPlain(test.service())
            ? Optional.<TestDescription>empty()
            : test.awaitKept(new RunningTest.End(progress, outcome));
    if (asked.isEmpty()) {
      end(test, progress, outcome);
      return;
    }
    tell(link(test.service()), TestOperation.Kind.CHECK, test, asked.get());
    lookAfterKept(test, patience);
  }

  private void lookAfterKept(RunningTest test, Duration later) {
    after(
        later,
        () -> {
          Duration left = test.keptPatience(patience);
          if (!test.isAwaitingKept()) {
            return;
          }
          if (left.compareTo(Duration.ZERO) > 0) {
            lookAfterKept(test, left.plusMillis(1));
          } else {
            keptOver(test, "its node has sent nothing for " + patience.toSeconds() + " s");
          }
        });
  }

  /** A question that gets no answer is given up; a service that is away is waited for. */
  private void lookAfterAnswer(RunningTest test) {
    after(
        patience,
        () -> {
          if (!test.isUnanswered()) {
            return;
          }
          if (link(test.service()).isThere()) {
            end(test, TestProgress.NONE, Ending.lost(unanswered(test)));
          } else {
            lookAfterAnswer(test);
          }
        });
  }

  private String unanswered(RunningTest test) {
    return "the service "
        + test.service()
        + " has not answered for test "
        + test.id()
        + " within "
        + patience.toSeconds()
        + " s; try again";
  }

  private static void after(Duration delay, Runnable work) {
    CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS).execute(work);
  }

  /**
   * Nothing more comes of what the node of a test keeps.
   *
   * @param complaint why; empty when the node says that it was all
   * @return whether that was waited for
   */
  boolean keptOver(RunningTest test, String complaint) {
    var end = test.keptOver(complaint);
    end.ifPresent(it -> end(test, it.progress(), it.outcome()));
    return end.isPresent();
  }

  private void forget(RunningTest test, Ending told) {
    LOG.atInfo()
        .addKeyValue("test", test.id())
        .addKeyValue("service", test.service())
        .addKeyValue("outcome", told.kind())
        .addKeyValue("reason", told.reason())
        .log("test ended");
    running.remove(test);
    door.close(test);
    rest(test.service());
  }

  /**
   * Takes leave of a service that executes nothing for us: at once where each message has a
   * connection of its own; from a session when it was told nothing for a while, which spares the
   * next of several tests a new one.
   */
  void rest(Endpoint service) {
    ServiceLink link = link(service);
    if (link.isPlain()) {
      var unused = link.rest(() -> !running.anyOf(service));
    } else {
      after(Speech.LINGER, () -> restIfIdle(link));
    }
  }

  private void restIfIdle(ServiceLink link) {
    if (link.isSilent(clock.instant(), Speech.LINGER)) {
      var unused = link.rest(() -> !running.anyOf(link.service()));
    }
  }

  /** Whether a plain connection can be one of that service. */
  boolean isFrom(Endpoint service, Peer peer) {
    return link(service).isFrom(peer);
  }

  /** Whether a service is spoken to plainly. */
  boolean isPlain(Endpoint service) {
    return Optional.ofNullable(links.get(service)).filter(ServiceLink::isPlain).isPresent();
  }

  /** Whether a service was found and is told things. */
  boolean isOpen(Endpoint service) {
    return Optional.ofNullable(links.get(service)).flatMap(ServiceLink::sender).isPresent();
  }

  boolean isAnyPlain() {
    return links.values().stream().anyMatch(ServiceLink::isPlain);
  }

  /** As whom we speak to a service; unknown when it is not found. */
  Endpoint us(Endpoint service) {
    return link(service).sender().orElse(Endpoint.UNKNOWN);
  }

  /** Asks services that were told nothing for long, and gives up tests that should have ended. */
  void lookAfter(Duration silence, Duration overtime) {
    Instant now = clock.instant();
    links.values().stream()
        .filter(link -> link.isSilent(now, silence))
        .forEach(
            link ->
                running
                    .of(link.service())
                    .forEach(
                        test -> tell(link, TestOperation.Kind.CHECK, test, test.description())));
    running
        .all()
        .filter(test -> test.isOverdue(now, overtime))
        .forEach(
            test ->
                end(
                    test,
                    TestProgress.NONE,
                    Ending.lost(
                        "the service "
                            + test.service()
                            + " has not said how test "
                            + test.id()
                            + " ended, long after its timeout")));
  }

  /** Ends every test with that sentence and takes leave of the services. */
  CompletableFuture<Void> leave(String sentence) {
    running.all().forEach(test -> end(test, TestProgress.NONE, Ending.lost(sentence)));
    return CompletableFuture.allOf(
        links.values().stream()
            .map(link -> link.rest(() -> true))
            .toArray(CompletableFuture[]::new));
  }

  private void tell(
      ServiceLink link, TestOperation.Kind kind, RunningTest test, TestDescription description) {
    test.tell(() -> tellNow(link, kind, test, description), threads);
  }

  /** The service is told its first word of a test only as long as somebody waits for its end. */
  private void begin(ServiceLink link, TestOperation.Kind kind, RunningTest test) {
    test.tell(
        () ->
            link.together(
                () -> {
                  if (!test.hasEnded()) {
                    tellNow(link, kind, test, test.description());
                  }
                  return link;
                }),
        threads);
  }

  private void tellNow(
      ServiceLink link, TestOperation.Kind kind, RunningTest test, TestDescription description) {
    link.tell(
        clock.instant(),
        us ->
            new TestOperation(
                us.sender(),
                link.service(),
                kind,
                kind == TestOperation.Kind.START && !us.isPlain()
                    ? description.directly(door.accessTo(test, us.own()))
                    : description));
  }

  ServiceLink link(Endpoint service) {
    return links.computeIfAbsent(service, it -> newLink.apply(it, this));
  }

  @Override
  public void onLost(ServiceLink link, Ending outcome) {
    running.of(link.service()).forEach(test -> end(test, TestProgress.NONE, outcome));
  }

  @Override
  public void onAway(ServiceLink link, String why) {
    LOG.atWarn()
        .addKeyValue("service", link.service())
        .addKeyValue("reason", why)
        .log("service is away");
    note(link, "the service is away, waiting");
  }

  @Override
  public void onBack(ServiceLink link) {
    LOG.atInfo().addKeyValue("service", link.service()).log("service is back");
    note(link, "the service is back");
  }

  /** Whoever has begun anew may have had something to say about a test before. */
  @Override
  public void onRenewed(ServiceLink link, boolean isRestarted) {
    onBack(link);
    running
        .of(link.service())
        .forEach(
            test -> tell(link, test.submission().again(isRestarted), test, test.description()));
  }

  private void note(ServiceLink link, String sentence) {
    running.of(link.service()).forEach(test -> test.note(sentence));
  }

  /** What the service had not taken before ends; a test that it has goes on. */
  @Override
  public void onRefused(ServiceLink link, TestOperation operation, String sentence) {
    running
        .find(operation.test().id().test(), link.service())
        .ifPresent(
            test -> {
              if (test.isAccepted()) {
                test.note("the service did not take a message: " + sentence);
              } else {
                end(test, TestProgress.NONE, Ending.refused(sentence));
              }
            });
  }
}
