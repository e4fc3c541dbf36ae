package com.nokia.ci.tas.communicator.edge;

import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.RunReference;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.transport.MessageReceiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What a node tells its service: that it is there, which products it has, how its runs go. It
 * offers a session; a service that knows none is spoken to plainly, and offered one again with each
 * registration. When the service cannot be reached, reports of runs are kept.
 *
 * <p>Any thread may call; nothing blocks.
 */
final class ServiceLink implements SessionWay.Owner, PlainWay.Owner, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceLink.class);

  private final ServiceContact contact;
  private final Supplier<List<RunReference>> runs;
  private final MessageReceiver receiver;
  private final Owner owner;
  private final ScheduledExecutorService timer;
  private final ServiceNews news;

  private Optional<SessionWay> session = Optional.empty();
  private Optional<PlainWay> plain = Optional.empty();
  private String problem = "";
  private boolean lost;
  private boolean closed;

  /** Who is told how the service is spoken to; must not block. */
  interface Owner {
    /** The service has a new session with this node: it, or this node, was not there before. */
    void onSession();

    /** The service speaks plainly. */
    void onPlain();

    /** The service, which speaks plainly, is there again after it was not. */
    void onReturned();

    /** The service has this report of the end of a run. */
    void onTold(TestDescription end);
  }

  /**
   * @param runs all that this node runs at the moment
   * @param receiver takes what the service says over a session
   */
  ServiceLink(
      ServiceContact contact,
      Supplier<List<RunReference>> runs,
      MessageReceiver receiver,
      Owner owner,
      ScheduledExecutorService timer) {
    this.contact = contact;
    this.runs = runs;
    this.receiver = receiver;
    this.owner = owner;
    this.timer = timer;
    this.news = new ServiceNews(contact, owner::onTold);
  }

  /** Registers and stays registered. */
  void start() {
    synchronized (news) {
      if (contact.terms().isEmpty()) {
        speakPlainly();
      } else {
        offer();
      }
    }
    every(contact.settings().registration(), this::repeatRegistration);
    every(contact.settings().products(), () -> plain.ifPresent(PlainWay::repeatProducts));
  }

  void productAdded(ProductDescription product) {
    synchronized (news) {
      var message = news.added(product);
      way().ifPresent(it -> it.tell(message));
    }
  }

  void productChanged(ProductDescription product) {
    synchronized (news) {
      news.changed(product).ifPresent(message -> way().ifPresent(it -> it.tell(message)));
    }
  }

  void productRemoved(ProductDescription product) {
    synchronized (news) {
      var message = news.removed(product);
      way().ifPresent(it -> it.tell(message));
    }
  }

  /** The large artifacts that the node has are others than before. */
  void artifactsChanged() {
    synchronized (news) {
      session.filter(SessionWay::isHeard).ifPresent(way -> way.tell(news.registrationAgain()));
    }
  }

  /**
   * Completes when the service has heard all that it was told so far; at once where it does not
   * speak on a session, and nobody can tell.
   */
  CompletableFuture<Void> heard() {
    synchronized (news) {
      return session
          .filter(SessionWay::isEstablished)
          .map(way -> way.hear(news.registrationAgain()))
          .orElseGet(() -> CompletableFuture.completedFuture(null));
    }
  }

  /** Reports of runs arrive in order, and are kept until they do. */
  void report(TestDescription test) {
    synchronized (news) {
      var message = news.report(test);
      way().ifPresent(it -> it.report(message));
    }
  }

  /** Waits until everything was taken, good-bye included. */
  CompletableFuture<Boolean> deregister(Duration limit) {
    synchronized (news) {
      closed = true;
      var goodBye = news.goodBye();
      return way()
          .map(it -> it.farewell(goodBye, limit))
          .orElseGet(() -> CompletableFuture.completedFuture(false));
    }
  }

  @Override
  public void close() {
    synchronized (news) {
      closed = true;
      plain.ifPresent(PlainWay::close);
      session.ifPresent(SessionWay::close);
    }
  }

  private Optional<? extends ServiceWay> way() {
    var kept = session.filter(SessionWay::isEstablished);
    return kept.isPresent() ? kept : plain;
  }

  @Override
  public void onSession(boolean isFirst) {
    plain.ifPresent(PlainWay::close);
    plain = Optional.empty();
    lost = false;
    solved();
    LOG.atInfo().addKeyValue("to", contact.service()).log("a session with the service is open");
    owner.onSession();
  }

  @Override
  public void onAway(String why) {
    tellProblem(why, Level.WARN);
  }

  @Override
  public void onReturned() {
    solved();
  }

  @Override
  public void onPlain() {
    session = Optional.empty();
    if (plain.isEmpty()) {
      speakPlainly();
    }
  }

  @Override
  public void onRefused(String sentence) {
    session = Optional.empty();
    tellProblem("it declines: " + SafeName.shown(sentence), Level.ERROR);
  }

  @Override
  public void onEnded(String why) {
    session = Optional.empty();
    tellProblem(why, Level.WARN);
    later(this::offer);
  }

  @Override
  public void onReached(boolean isFirst) {
    solved();
    if (isFirst) {
      LOG.atInfo().addKeyValue("to", contact.service()).log("registered with the service");
    }
  }

  @Override
  public void onLost(String why) {
    plain = Optional.empty();
    lost = true;
    tellProblem(why, Level.WARN);
    if (contact.terms().isEmpty()) {
      later(this::lookForService);
    } else {
      offer();
    }
  }

  private void speakPlainly() {
    var way = new PlainWay(contact, news, this);
    plain = Optional.of(way);
    way.open();
    owner.onPlain();
    if (lost && plain.isPresent()) {
      lost = false;
      owner.onReturned();
    }
  }

  private void offer() {
    if (!closed && session.isEmpty() && contact.terms().isPresent()) {
      var way = new SessionWay(contact, news, this);
      session = Optional.of(way);
      way.open(contact.terms().get(), this::registration, receiver);
    }
  }

  /** What a run has reported last is known to the node first: the order matters. */
  private RegistryOperation registration() {
    var all = new ArrayList<>(runs.get());
    synchronized (news) {
      all.addAll(news.unreportedEnds());
      return news.registration().running(RunList.distinct(all));
    }
  }

  private void repeatRegistration() {
    if (contact.terms().isEmpty()) {
      plain.ifPresent(PlainWay::repeatRegistration);
      return;
    }
    offer();
    session.filter(SessionWay::isHeard).ifPresent(way -> news.factsAgain().ifPresent(way::tell));
  }

  private void lookForService() {
    var unused =
        contact
            .transport()
            .probe(contact.service())
            .whenComplete((address, failure) -> looked(failure == null));
  }

  private void looked(boolean isThere) {
    synchronized (news) {
      if (!isThere) {
        later(this::lookForService);
      } else if (!closed && plain.isEmpty()) {
        speakPlainly();
      }
    }
  }

  /** Once, not each time it is tried. */
  private void tellProblem(String sentence, Level level) {
    if (!sentence.equals(problem)) {
      problem = sentence;
      LOG.atLevel(level)
          .addKeyValue("to", contact.service())
          .addKeyValue("error", sentence)
          .log("the service cannot be told anything; it is tried again and again");
    }
  }

  private void solved() {
    if (!problem.isEmpty()) {
      problem = "";
      LOG.atInfo().addKeyValue("to", contact.service()).log("the service is there again");
    }
  }

  private void every(Duration period, Runnable task) {
    var unused =
        timer.scheduleAtFixedRate(
            () -> unlessClosed(task), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void later(Runnable task) {
    if (!closed) {
      var unused =
          timer.schedule(
              () -> unlessClosed(task),
              contact.settings().searching().toMillis(),
              TimeUnit.MILLISECONDS);
    }
  }

  private void unlessClosed(Runnable task) {
    synchronized (news) {
      if (!closed) {
        task.run();
      }
    }
  }
}
