package com.nokia.ci.tas.communicator.edge;

import com.nokia.ci.tas.commons.launch.SteadyClock;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.transport.ListenSettings;
import com.nokia.ci.tas.commons.transport.Listener;
import com.nokia.ci.tas.commons.transport.MessageReceiver;
import com.nokia.ci.tas.commons.transport.Transport;
import com.nokia.ci.tas.communicator.artifact.AwaitedArtifacts;
import com.nokia.ci.tas.communicator.keeping.KeptRun;
import com.nokia.ci.tas.communicator.node.Event;
import com.nokia.ci.tas.communicator.node.Node;
import com.nokia.ci.tas.communicator.node.RunOrder;
import com.nokia.ci.tas.communicator.product.Fitness;
import com.nokia.ci.tas.communicator.product.ProductListener;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The node on the network: its port, its loop, its link to the service. */
public final class NodeEdge implements ProductListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeEdge.class);
  private static final int LOWEST_PORT = 27_182;
  private static final Duration END_LIMIT = Duration.ofSeconds(20);
  private static final Duration GOOD_BYE_LIMIT = Duration.ofSeconds(3);

  private final NodeParts parts;
  private final Clock clock = SteadyClock.startingNow();
  private final Transport transport;
  private final Listener listener;
  private final DeferredReceiver receiver;
  private final ExecutorService pool = Executors.newCachedThreadPool(named("tas-run"));
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(named("tas-timer"));
  private final LiveRuns live = new LiveRuns(pool);
  private final RunList list = new RunList();
  private final CompletableFuture<Void> serviceKnown = new CompletableFuture<>();
  private final AtomicBoolean started = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Workshop shop;
  private final ArtifactRequests artifacts;
  private final ServiceLink service;
  private final Optional<HealthTests> health;
  private final NodeLoop loop;

  private NodeEdge(
      NodeParts parts,
      EdgeLimits limits,
      Transport transport,
      Listener listener,
      DeferredReceiver receiver,
      LoanDoor door) {
    this.parts = parts;
    this.transport = transport;
    this.listener = listener;
    this.receiver = receiver;
    var description = parts.description().apply(listener.port());
    var own = new OwnAddress(description, parts.cache()::told);
    var context = context(own, receiver);
    var awaited = new AwaitedArtifacts(parts.cache());
    this.shop =
        new Workshop(
            own,
            transport,
            new Access(limits.transport().standIns().places(parts.service()), pool),
            clients(context),
            parts.workspaces(),
            parts.launcher(),
            parts.gate(),
            awaited,
            new Borrowing(context, door, awaited, parts.exchange()),
            new LendingDesk(context, parts.cache(), parts.exchange().lends(), pool),
            parts.kept(),
            clock);
    this.service =
        new ServiceLink(
            new ServiceContact(
                transport,
                parts.service(),
                own,
                limits.service(),
                parts.session(),
                clock,
                parts.facts()),
            list::all,
            receiver,
            new Speech(),
            timer);
    this.artifacts = new ArtifactRequests(shop, live, this::post, timer);
    this.health = parts.health().map(this::newHealthTests);
    var work = new RunWork(shop, live, this::post, service, artifacts, health, ended::countDown);
    this.loop = new NodeLoop(new Node(limits.node()), work, clock, list);
    if (parts.session().flatMap(SessionTerms::key).isPresent()) {
      shop.access().trustSessionAlone();
    }
  }

  private HealthTests newHealthTests(NodeParts.HealthCare care) {
    return new HealthTests(care.settings(), care.book(), clock, timer, this::post, service::heard);
  }

  private ClientLinks clients(LinkContext context) {
    return new ClientLinks(context, client -> pool.execute(() -> artifacts.askAgain(client)));
  }

  private LinkContext context(OwnAddress own, MessageReceiver from) {
    return new LinkContext(
        transport,
        parts.service(),
        own,
        parts.session().orElse(SessionTerms.DEFAULT),
        from,
        timer,
        serviceKnown);
  }

  /**
   * Opens the port; nobody is answered before {@link #start}.
   *
   * @throws com.nokia.ci.tas.commons.model.SettingsException when no port can be opened
   */
  public static NodeEdge open(NodeParts parts, EdgeLimits limits) {
    var transport = Transport.create(limits.transport());
    try {
      var receiver = new DeferredReceiver();
      var door = new LoanDoor(parts.session().flatMap(SessionTerms::key));
      var listener = transport.listen(where(parts, door), receiver);
      return new NodeEdge(parts, limits, transport, listener, receiver, door);
    } catch (RuntimeException e) {
      transport.close();
      throw e;
    }
  }

  /** Other nodes come over sessions, and over TLS where this one has a key. */
  private static ListenSettings where(NodeParts parts, LoanDoor door) {
    var where = ListenSettings.on(parts.port()).orNextFree(LOWEST_PORT);
    if (parts.session().isEmpty() || parts.exchange().borrowsFrom().isEmpty()) {
      return where;
    }
    var terms = parts.session().get();
    var open = where.withSessions(door, door, terms.limits());
    return terms
        .key()
        .filter(it -> it.identity().isPresent())
        .map(it -> open.withTls(it.asAcceptor()))
        .orElse(open);
  }

  /**
   * Begins to listen to the service and registers with it.
   *
   * @param serviceSaid takes what the service says of products
   * @param fitness takes what health tests say of products, by their IMEI
   */
  public void start(Consumer<ProductDescription> serviceSaid, BiConsumer<String, Fitness> fitness) {
    started.set(true);
    shop.access().lookUpService();
    loop.start(shop.kept().unfinished().stream().map(this::found).toList());
    pool.execute(this::admitKeptClients);
    receiver.become(new Incoming(shop, live, this::post, serviceSaid, pool));
    service.start();
    parts.cache().onTold(() -> pool.execute(service::artifactsChanged));
    health.ifPresent(it -> it.start(fitness));
    var unused =
        timer.scheduleWithFixedDelay(
            () -> pool.execute(this::deleteOldWorkspaces), 1, 1, TimeUnit.HOURS);
    var unusedToo =
        timer.scheduleWithFixedDelay(
            () -> pool.execute(shop.kept()::sweep), 1, 1, TimeUnit.MINUTES);
  }

  /** The address that it registers. */
  public Endpoint endpoint() {
    return shop.own().description().endpoint();
  }

  @Override
  public void onAdded(ProductDescription product) {
    service.productAdded(product);
    health.ifPresent(it -> it.product(product));
  }

  @Override
  public void onChanged(ProductDescription product) {
    service.productChanged(product);
    health.ifPresent(it -> it.product(product));
  }

  @Override
  public void onRemoved(ProductDescription product) {
    service.productRemoved(product);
    health.ifPresent(it -> it.removed(product.id().imei()));
  }

  /** Ends all runs, then says good-bye to the service. */
  @Override
  public void close() {
    try {
      if (started.get()) {
        sayGoodBye();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      listener.close();
      health.ifPresent(HealthTests::close);
      loop.close();
      shop.clients().close();
      shop.lending().close();
      service.close();
      timer.shutdownNow();
      pool.shutdownNow();
      transport.close();
    }
  }

  /** What follows from how the service speaks. */
  private final class Speech implements ServiceLink.Owner {
    @Override
    public void onSession() {
      shop.access().trustSessionAlone();
      known();
      pool.execute(shop.clients()::onNewSession);
    }

    @Override
    public void onPlain() {
      shop.access().trustAddresses();
      known();
    }

    /** What runs of an earlier life have to say goes out. */
    private void known() {
      pool.execute(() -> serviceKnown.complete(null));
    }

    @Override
    public void onTold(TestDescription end) {
      pool.execute(() -> shop.kept().told(end.id(), end.progress().attempt()));
    }

    @Override
    public void onReturned() {
      post(new Event.ServiceReturned(clock.instant()));
    }
  }

  private Event found(KeptRun run) {
    return new Event.RunFound(clock.instant(), run.order(), run.startTime(), run.end());
  }

  /** They may ask for what is kept for them. */
  private void admitKeptClients() {
    shop.kept().clients().stream()
        .filter(client -> !client.equals(RunOrder.NOBODY))
        .forEach(client -> shop.access().admitClient(client));
  }

  private void sayGoodBye() throws InterruptedException {
    post(new Event.ShutDown(clock.instant()));
    if (!ended.await(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.atWarn().log("some runs did not end in time");
    }
    boolean told =
        service.deregister(GOOD_BYE_LIMIT).completeOnTimeout(false, 5, TimeUnit.SECONDS).join();
    LOG.atDebug().addKeyValue("told", told).log("good-bye said to the service");
  }

  private void post(Event event) {
    loop.post(event);
  }

  private void deleteOldWorkspaces() {
    parts
        .workspaces()
        .deleteOlderThan(parts.cleanupPeriod(), clock.instant(), live.workspaceNames());
  }

  private static ThreadFactory named(String prefix) {
    var number = new AtomicLong();
    return task -> {
      var thread = new Thread(task, prefix + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
