package com.nokia.ci.tas.communicator.edge;

import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.ProductOperation;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProductStatus;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.transport.Outbox;
import com.nokia.ci.tas.commons.transport.RetryPolicy;
import com.nokia.ci.tas.commons.transport.Transport;
import com.nokia.ci.tas.commons.xml.Dialect;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node tells its service (wire protocol, "Node registration and keep-alive"): that it is
 * there, which products it has, how its runs go. When the service cannot be reached, reports of
 * runs are kept; as soon as it can be reached again it is told everything anew.
 *
 * <p>Any thread may call; nothing blocks.
 */
final class ServiceLink implements Outbox.Owner, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceLink.class);
  private static final RetryPolicy TRIES = new RetryPolicy(3, Duration.ofMillis(200));
  private static final int MOST_REPORTS = 10_000;
  private static final Map<String, String> UNSAID =
      Map.of("status", "", "status-details", "", "reservation-time", "", "reservation-timeout", "");

  private final Transport transport;
  private final Endpoint service;
  private final NodeDescription node;
  private final ServiceLinkSettings settings;
  private final ScheduledExecutorService timer;
  private final Runnable onReturn;
  private final Clock clock;

  private final Object lock = new Object();
  private final Map<String, ProductDescription> products = new TreeMap<>();
  private final Deque<TestOperation> reports = new ArrayDeque<>();
  private Optional<Outbox> outbox = Optional.empty();
  private String problem = "";
  private boolean registered;
  private boolean closed;

  /**
   * @param node this node; its address is the sender of every message
   * @param onReturn told when the service is there again after it was not
   */
  ServiceLink(
      Transport transport,
      Endpoint service,
      NodeDescription node,
      ServiceLinkSettings settings,
      ScheduledExecutorService timer,
      Runnable onReturn,
      Clock clock) {
    this.transport = transport;
    this.service = service;
    this.node = node;
    this.settings = settings;
    this.timer = timer;
    this.onReturn = onReturn;
    this.clock = clock;
  }

  /** Registers and keeps the registration alive. */
  void start() {
    synchronized (lock) {
      open();
    }
    every(settings.registration(), this::repeatRegistration);
    every(settings.products(), this::repeatProducts);
  }

  void productAdded(ProductDescription product) {
    synchronized (lock) {
      products.put(product.id().imei(), product);
      send(operation(ProductOperation.Kind.ADD, product));
    }
  }

  void productChanged(ProductDescription product) {
    synchronized (lock) {
      var former = products.put(product.id().imei(), product);
      if (former == null || isNews(former, product)) {
        send(operation(ProductOperation.Kind.UPDATE, product));
      }
    }
  }

  /** What the service itself said of a product it need not hear again. */
  private static boolean isNews(ProductDescription former, ProductDescription product) {
    return former.status() == ProductStatus.DISABLED
        || product.status() == ProductStatus.DISABLED
        || !former.with(UNSAID).equals(product.with(UNSAID));
  }

  void productRemoved(ProductDescription product) {
    synchronized (lock) {
      products.remove(product.id().imei());
      send(
          operation(
              ProductOperation.Kind.REMOVE,
              product.with(Map.of("disconnection-time", Long.toString(clock.millis())))));
    }
  }

  /** Reports of runs arrive in order, and again and again until one arrives. */
  void report(TestDescription test) {
    synchronized (lock) {
      var report = new TestOperation(node.endpoint(), service, TestOperation.Kind.UPDATE, test);
      if (reports.size() >= MOST_REPORTS) {
        var lost = reports.remove();
        LOG.atError().addKeyValue("test", lost.test().id()).log("a report was never delivered");
      }
      reports.add(report);
      send(report);
    }
  }

  /** Waits until everything was sent, then says good-bye. */
  CompletableFuture<Boolean> deregister(Duration limit) {
    synchronized (lock) {
      closed = true;
      send(registry(RegistryOperation.Kind.DEREGISTER));
      return outbox
          .map(box -> box.drain(limit))
          .orElseGet(() -> CompletableFuture.completedFuture(false));
    }
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      outbox.ifPresent(Outbox::close);
      outbox = Optional.empty();
    }
  }

  @Override
  public void onSent(Outbox.Entry entry) {
    synchronized (lock) {
      if (!problem.isEmpty()) {
        problem = "";
        LOG.atInfo().addKeyValue("to", service).log("the service is there again");
      }
      if (entry.message() instanceof TestOperation report) {
        reports.remove(report);
      } else if (entry.message() instanceof RegistryOperation && !registered) {
        registered = true;
        LOG.atInfo().addKeyValue("to", service).log("registered with the service");
      }
    }
  }

  @Override
  public Outbox.AfterFailure onFailed(Outbox.Entry entry, TasException cause) {
    synchronized (lock) {
      if (outbox.isPresent() && !closed) {
        tellProblem(cause.getMessage());
        var box = outbox.get();
        outbox = Optional.empty();
        timer.execute(box::close);
        later(this::lookForService);
      }
    }
    return Outbox.AfterFailure.STOP;
  }

  /** Once, not each time it is tried. */
  private void tellProblem(String sentence) {
    if (!sentence.equals(problem)) {
      problem = sentence;
      LOG.atWarn()
          .addKeyValue("to", service)
          .addKeyValue("error", sentence)
          .log("the service cannot be told anything; it is tried again and again");
    }
  }

  private void lookForService() {
    var unused =
        transport
            .probe(service)
            .whenComplete(
                (address, failure) -> {
                  if (failure == null) {
                    comeBack();
                  } else {
                    later(this::lookForService);
                  }
                });
  }

  private void comeBack() {
    synchronized (lock) {
      if (closed || outbox.isPresent()) {
        return;
      }
      open();
      List.copyOf(reports).forEach(this::send);
    }
    onReturn.run();
  }

  /** A node that was registered is not new: its runs go on. */
  private void open() {
    outbox = Optional.of(transport.outbox(service, TRIES, this));
    send(registry(registered ? RegistryOperation.Kind.UPDATE : RegistryOperation.Kind.REGISTER));
    products.values().forEach(p -> send(operation(ProductOperation.Kind.ADD, p)));
  }

  private void repeatRegistration() {
    synchronized (lock) {
      if (!closed) {
        send(registry(RegistryOperation.Kind.UPDATE));
      }
    }
  }

  private void repeatProducts() {
    synchronized (lock) {
      if (!closed) {
        products.values().forEach(p -> send(operation(ProductOperation.Kind.UPDATE, p)));
      }
    }
  }

  private void send(Message message) {
    outbox.ifPresent(box -> box.send(message, Dialect.ESCAPED));
  }

  private ProductOperation operation(ProductOperation.Kind kind, ProductDescription product) {
    return new ProductOperation(node.endpoint(), service, kind, Optional.empty(), product);
  }

  private RegistryOperation registry(RegistryOperation.Kind kind) {
    return new RegistryOperation(
        node.endpoint(), service, kind, RegistryOperation.Remote.TEST_NODE, Optional.of(node));
  }

  private void every(Duration period, Runnable task) {
    var unused =
        timer.scheduleAtFixedRate(
            task, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void later(Runnable task) {
    synchronized (lock) {
      if (!closed) {
        var unused = timer.schedule(task, settings.searching().toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }
}
