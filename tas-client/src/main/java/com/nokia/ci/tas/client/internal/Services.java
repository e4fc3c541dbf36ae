package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.commons.transport.Peer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The services of one client and the tests that they execute for it: what they are told, and what
 * follows when one is lost. For any thread; nothing waits.
 */
final class Services implements ServiceLink.LossListener {
  private static final Logger LOG = LoggerFactory.getLogger(Services.class);

  private final BiFunction<Endpoint, ServiceLink.LossListener, ServiceLink> newLink;
  private final Clock clock;
  private final RunningTests running = new RunningTests();
  private final ConcurrentMap<Endpoint, ServiceLink> links = new ConcurrentHashMap<>();

  /**
   * No services yet.
   *
   * @param newLink makes the link to a service that is told something for the first time
   */
  Services(BiFunction<Endpoint, ServiceLink.LossListener, ServiceLink> newLink, Clock clock) {
    this.newLink = newLink;
    this.clock = clock;
  }

  RunningTests running() {
    return running;
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
            tell(link, kind, test.description());
          }
          return isNew;
        });
  }

  /** Asks the service to stop a test. */
  void stop(RunningTest test) {
    tell(link(test.service()), TestOperation.Kind.STOP, test.description());
  }

  /** A test is over; its service is left when it has no other of ours. */
  void end(RunningTest test, TestProgress progress, Outcome outcome) {
    test.end(progress, outcome, told -> forget(test, told));
  }

  private void forget(RunningTest test, Outcome told) {
    LOG.atInfo()
        .addKeyValue("test", test.id())
        .addKeyValue("service", test.service())
        .addKeyValue("outcome", told.kind())
        .addKeyValue("reason", told.reason())
        .log("test ended");
    running.remove(test);
    link(test.service()).rest(() -> !running.anyOf(test.service()));
  }

  /** Whether a connection can be one of the service that executes the test. */
  boolean isFromServiceOf(RunningTest test, Peer peer) {
    return link(test.service()).isFrom(peer);
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
                    .forEach(test -> tell(link, TestOperation.Kind.CHECK, test.description())));
    running
        .all()
        .filter(test -> test.isOverdue(now, overtime))
        .forEach(
            test ->
                end(
                    test,
                    TestProgress.NONE,
                    Outcome.lost(
                        "the service "
                            + test.service()
                            + " has not said how test "
                            + test.id()
                            + " ended, long after its timeout")));
  }

  /** Ends every test with that sentence and takes leave of the services. */
  CompletableFuture<Void> leave(String sentence, Duration limit) {
    running.all().forEach(test -> end(test, TestProgress.NONE, Outcome.lost(sentence)));
    links.values().forEach(link -> link.rest(() -> true));
    return CompletableFuture.allOf(
        links.values().stream().map(link -> link.drain(limit)).toArray(CompletableFuture[]::new));
  }

  private void tell(ServiceLink link, TestOperation.Kind kind, TestDescription test) {
    link.tell(clock.instant(), sender -> new TestOperation(sender, link.service(), kind, test));
  }

  private ServiceLink link(Endpoint service) {
    return links.computeIfAbsent(service, it -> newLink.apply(it, this));
  }

  @Override
  public void onLost(ServiceLink link, Outcome outcome) {
    running.of(link.service()).forEach(test -> end(test, TestProgress.NONE, outcome));
  }

  /** What the service had not taken before ends; a test that it has goes on. */
  @Override
  public void onRefused(ServiceLink link, TestOperation operation, String sentence) {
    running
        .find(operation.test().id().test(), link.service())
        .ifPresent(
            test -> {
              if (test.isAccepted()) {
                test.say("", "the service did not take a message: " + sentence);
              } else {
                end(test, TestProgress.NONE, Outcome.refused(sentence));
              }
            });
  }
}
