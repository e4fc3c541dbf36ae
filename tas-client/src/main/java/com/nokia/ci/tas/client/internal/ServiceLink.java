package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.client.verdict.Ending;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.transport.Outbox;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.commons.transport.RefusedException;
import com.nokia.ci.tas.commons.transport.RetryPolicy;
import com.nokia.ci.tas.commons.transport.Transport;
import com.nokia.ci.tas.commons.xml.Dialect;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What one service is told, in order: a registration before anything else, a deregistration when
 * nothing of ours is left with it. Whether the service is there at all is known at the first try;
 * later messages wait for a service that is away as long as its {@link ServiceWay} does.
 *
 * <p>For any thread; nothing here waits for the network.
 */
final class ServiceLink {
  private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(2);
  private static final int MOST_TRIES = 3;

  /** A message that is made when it is known as whom we speak. */
  @FunctionalInterface
  interface Letter {
    Message from(ServiceWay.Open us);
  }

  /** Who is told what happens to the service; called with the lock of the link held. */
  interface Listener {
    /** The service is gone, or takes nothing from this client. */
    void onLost(ServiceLink link, Ending outcome);

    /** The service is there and has refused this one message; the sentence says why. */
    void onRefused(ServiceLink link, TestOperation operation, String sentence);

    /** The service is not there; what it is told waits. */
    void onAway(ServiceLink link, String why);

    /** The service is there again and knows us. */
    void onBack(ServiceLink link);

    /** The service is there again and has begun anew; restarted, it may have forgotten tests. */
    void onRenewed(ServiceLink link, boolean isRestarted);
  }

  /** What is done when the service was found, or when it was not. */
  private record Errand(Consumer<Line> work, Consumer<TasException> giveUp) {}

  private final Endpoint service;
  private final Function<Endpoint, ServiceWay> ways;
  private final Transport transport;
  private final RetryPolicy retries;
  private final Listener listener;

  private final List<Errand> waiting = new ArrayList<>();
  private Optional<Line> line = Optional.empty();
  private boolean registered;
  private boolean resting;
  private Instant lastTold = Instant.EPOCH;

  /**
   * A link to a service that was told nothing yet.
   *
   * @param ways a new way to it, each time it is looked for
   */
  ServiceLink(
      Endpoint service,
      Function<Endpoint, ServiceWay> ways,
      Transport transport,
      RetryPolicy retries,
      Listener listener) {
    this.service = service;
    this.ways = ways;
    this.transport = transport;
    this.retries = retries;
    this.listener = listener;
  }

  Endpoint service() {
    return service;
  }

  /** Sends a message after everything that was told before. */
  synchronized void tell(Instant now, Letter letter) {
    lastTold = now;
    run(new Errand(it -> it.tell(letter), cause -> {}));
  }

  /**
   * Hands over a message that needs no registration and may overtake others.
   *
   * @return completes when the service has it, fails when it has not after three tries
   */
  synchronized CompletableFuture<Void> hand(Letter letter) {
    var handed = new CompletableFuture<Void>();
    run(new Errand(it -> it.hand(letter, 1, handed), handed::completeExceptionally));
    return handed;
  }

  private void run(Errand errand) {
    resting = false;
    if (line.isEmpty()) {
      var next = new Line(ways.apply(service));
      line = Optional.of(next);
      next.way.open(next);
    }
    if (line.get().isOpen()) {
      errand.work().accept(line.get());
    } else {
      waiting.add(errand);
    }
  }

  /** Does something that must not come between a message to the service and its loss. */
  synchronized <T> T together(Supplier<T> work) {
    return work.get();
  }

  /**
   * Takes leave of a service that executes nothing for us any more, unless it is told something
   * meanwhile.
   *
   * @return completes when that is done, within two seconds
   */
  synchronized CompletableFuture<Void> rest(BooleanSupplier idle) {
    if (line.filter(Line::isOpen).isEmpty() || !idle.getAsBoolean()) {
      return CompletableFuture.completedFuture(null);
    }
    Line left = line.get();
    if (registered) {
      registered = false;
      left.send(registration(RegistryOperation.Kind.DEREGISTER));
    }
    resting = true;
    return left.outbox.get().drain(LONGEST_FAREWELL).thenAccept(isEmpty -> leave(left));
  }

  private synchronized void leave(Line left) {
    if (resting && line.filter(it -> it == left).isPresent()) {
      line = Optional.empty();
      left.close();
    }
  }

  synchronized boolean isSilent(Instant now, Duration limit) {
    return line.filter(Line::isOpen).isPresent() && now.isAfter(lastTold.plus(limit));
  }

  /** Whether the service is there: it was found, and is not waited for. */
  synchronized boolean isThere() {
    return line.filter(it -> it.isOpen() && !it.away).isPresent();
  }

  /** Whether the service is spoken to plainly. */
  synchronized boolean isPlain() {
    return opened().filter(ServiceWay.Open::isPlain).isPresent();
  }

  /** Whether a plain connection can be one of the service. */
  synchronized boolean isFrom(Peer peer) {
    return opened().filter(it -> it.isFrom(peer)).isPresent();
  }

  /** As whom we speak to the service; empty while it was not found. */
  synchronized Optional<Endpoint> sender() {
    return opened().map(ServiceWay.Open::sender);
  }

  private Optional<ServiceWay.Open> opened() {
    return line.flatMap(it -> it.open);
  }

  private Letter registration(RegistryOperation.Kind kind) {
    return us ->
        new RegistryOperation(
            us.sender(), service, kind, RegistryOperation.Remote.CLIENT, Optional.empty());
  }

  /** One way to the service, from the look-up to its loss; guarded by the lock of the link. */
  private final class Line implements ServiceWay.Owner, Outbox.Owner {
    private final ServiceWay way;
    private Optional<ServiceWay.Open> open = Optional.empty();
    private Optional<Outbox> outbox = Optional.empty();
    private boolean away;

    Line(ServiceWay way) {
      this.way = way;
    }

    boolean isOpen() {
      return open.isPresent();
    }

    void tell(Letter letter) {
      if (!registered) {
        registered = true;
        send(registration(RegistryOperation.Kind.REGISTER));
      }
      send(letter);
    }

    void send(Letter letter) {
      outbox.get().send(letter.from(open.get()), Dialect.ESCAPED);
    }

    void hand(Letter letter, int attempt, CompletableFuture<Void> handed) {
      transport
          .send(service, letter.from(open.get()), Dialect.ESCAPED)
          .whenComplete(
              (sent, failure) -> {
                if (failure == null) {
                  handed.complete(null);
                } else if (attempt < MOST_TRIES) {
                  hand(letter, attempt + 1, handed);
                } else {
                  handed.completeExceptionally(failure);
                }
              });
    }

    void close() {
      way.close();
      outbox.ifPresent(Outbox::close);
    }

    private boolean isCurrent() {
      return line.filter(it -> it == this).isPresent();
    }

    @Override
    public void onOpen(ServiceWay.Open how, boolean isRegistered) {
      synchronized (ServiceLink.this) {
        if (isCurrent()) {
          open = Optional.of(how);
          outbox = Optional.of(transport.outbox(service, retries, this));
          registered = isRegistered;
          List<Errand> errands = List.copyOf(waiting);
          waiting.clear();
          errands.forEach(it -> it.work().accept(this));
        }
      }
    }

    @Override
    public void onRenewed(ServiceWay.Open how, boolean isRestarted) {
      synchronized (ServiceLink.this) {
        if (isCurrent()) {
          open = Optional.of(how);
          registered = true;
          away = false;
          listener.onRenewed(ServiceLink.this, isRestarted);
        }
      }
    }

    @Override
    public void onAway(String why) {
      synchronized (ServiceLink.this) {
        if (isCurrent()) {
          away = true;
          listener.onAway(ServiceLink.this, why);
        }
      }
    }

    @Override
    public void onBack() {
      synchronized (ServiceLink.this) {
        if (isCurrent()) {
          away = false;
          listener.onBack(ServiceLink.this);
        }
      }
    }

    @Override
    public void onLost(TasException cause) {
      synchronized (ServiceLink.this) {
        if (isCurrent()) {
          lose(cause);
        }
      }
    }

    @Override
    public Outbox.AfterFailure onFailed(Outbox.Entry entry, TasException cause) {
      synchronized (ServiceLink.this) {
        if (!isCurrent()) {
          return Outbox.AfterFailure.STOP; // given up before, which says nothing new
        }
        if (cause instanceof RefusedException
            && entry.message() instanceof TestOperation operation) {
          listener.onRefused(ServiceLink.this, operation, cause.getMessage());
          return Outbox.AfterFailure.GO_ON;
        }
        lose(cause);
        return Outbox.AfterFailure.STOP;
      }
    }

    /** Forgets this line, so that the next message looks the service up anew. */
    private void lose(TasException cause) {
      line = Optional.empty();
      registered = false;
      List<Errand> errands = List.copyOf(waiting);
      waiting.clear();
      close();
      errands.forEach(it -> it.giveUp().accept(cause));
      listener.onLost(
          ServiceLink.this,
          cause instanceof RefusedException
              ? Ending.refused(cause.getMessage())
              : Ending.lost(
                  "the service "
                      + service
                      + " is lost: "
                      + cause.getMessage()
                      + "; see whether it runs, and whether that is its address"));
    }
  }
}
