package com.nokia.ci.tas.service;

import com.nokia.ci.tas.commons.launch.HostName;
import com.nokia.ci.tas.commons.launch.SteadyClock;
import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeFacts;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.commons.transport.Deadlines;
import com.nokia.ci.tas.commons.transport.ListenSettings;
import com.nokia.ci.tas.commons.transport.Listener;
import com.nokia.ci.tas.commons.transport.SessionAdmission;
import com.nokia.ci.tas.commons.transport.SessionLimits;
import com.nokia.ci.tas.commons.transport.Transport;
import com.nokia.ci.tas.commons.transport.TransportSettings;
import com.nokia.ci.tas.service.access.Submissions;
import com.nokia.ci.tas.service.access.door.FarmAccess;
import com.nokia.ci.tas.service.audit.AuditLog;
import com.nokia.ci.tas.service.edge.Admission;
import com.nokia.ci.tas.service.edge.Demands;
import com.nokia.ci.tas.service.edge.Dialects;
import com.nokia.ci.tas.service.edge.Entrance;
import com.nokia.ci.tas.service.edge.Incoming;
import com.nokia.ci.tas.service.edge.Lending;
import com.nokia.ci.tas.service.edge.LoanTickets;
import com.nokia.ci.tas.service.edge.NodeFiles;
import com.nokia.ci.tas.service.edge.Outgoing;
import com.nokia.ci.tas.service.edge.Peers;
import com.nokia.ci.tas.service.edge.Relay;
import com.nokia.ci.tas.service.edge.RunParties;
import com.nokia.ci.tas.service.edge.Sessions;
import com.nokia.ci.tas.service.edge.ToldFacts;
import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.farm.FarmSnapshot;
import com.nokia.ci.tas.service.farm.PersonsOrder;
import com.nokia.ci.tas.service.http.EndedCounts;
import com.nokia.ci.tas.service.http.EstimateCounts;
import com.nokia.ci.tas.service.http.FarmOrders;
import com.nokia.ci.tas.service.http.FarmSource;
import com.nokia.ci.tas.service.http.HttpsOnly;
import com.nokia.ci.tas.service.http.LineCounts;
import com.nokia.ci.tas.service.http.People;
import com.nokia.ci.tas.service.http.RunFiles;
import com.nokia.ci.tas.service.http.Site;
import com.nokia.ci.tas.service.http.Timings;
import com.nokia.ci.tas.service.http.WebDoor;
import com.nokia.ci.tas.service.http.view.ServiceCard;
import com.nokia.ci.tas.service.loop.FarmLoop;
import com.nokia.ci.tas.service.loop.Revived;
import com.nokia.ci.tas.service.news.News;
import com.nokia.ci.tas.service.plugin.AddedDistributions;
import com.nokia.ci.tas.service.settings.Configuration;
import com.nokia.ci.tas.service.settings.LiveConfiguration;
import com.nokia.ci.tas.service.settings.NetworkList;
import com.nokia.ci.tas.service.settings.Setting;
import com.nokia.ci.tas.service.statistics.EstimateScore;
import com.nokia.ci.tas.service.statistics.StatisticsDirectory;
import com.nokia.ci.tas.service.store.History;
import com.nokia.ci.tas.service.store.Store;
import com.nokia.ci.tas.service.store.StoreException;
import com.nokia.ci.tas.service.store.StoreLock;
import com.nokia.ci.tas.service.webhook.WebhookCounts;
import com.nokia.ci.tas.service.webhook.Webhooks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running service: all its parts, put together, from {@link #start} to {@link #close}.
 *
 * <p>Several may run in one process, each with a port and a directory of its own. Any thread may
 * close it.
 */
public final class ServiceProgram implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceProgram.class);

  /** Three tries at a client that does not answer, with their pauses, fit into its ten seconds. */
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);

  private static final int BACKLOG = 100_000;

  private final ServiceSettings settings;
  private final Runnable end;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final CompletableFuture<FarmLoop> loop = new CompletableFuture<>();
  private final CompletableFuture<Optional<News>> news = new CompletableFuture<>();
  private final AtomicReference<Optional<StoreException>> failure =
      new AtomicReference<>(Optional.empty());
  private InstantSource clock = SteadyClock.startingNow();
  private Endpoint address = Endpoint.UNKNOWN;
  private Optional<AccessComparison> comparison = Optional.empty();

  private ServiceProgram(ServiceSettings settings, Runnable end) {
    this.settings = settings;
    this.end = end;
  }

  /**
   * Starts a service; it listens when this returns. A stand-by waits for its time first.
   *
   * @throws SettingsException when it cannot start as told, with a sentence that says why
   * @throws IOException when its files cannot be written
   */
  public static ServiceProgram start(ServiceSettings settings) throws IOException {
    return start(settings, () -> {});
  }

  /**
   * Starts a service that may have to end by itself.
   *
   * @param end is run, on any thread, when the service cannot go on; {@link #close} then says why
   */
  static ServiceProgram start(ServiceSettings settings, Runnable end) throws IOException {
    return start(settings, Admission::new, end);
  }

  /** Starts a service with another idea of who may speak to it. */
  static ServiceProgram start(
      ServiceSettings settings, Function<Supplier<NetworkList>, Admission> admission)
      throws IOException {
    return start(settings, admission, () -> {});
  }

  private static ServiceProgram start(
      ServiceSettings settings, Function<Supplier<NetworkList>, Admission> admission, Runnable end)
      throws IOException {
    var program = new ServiceProgram(settings, end);
    try {
      program.open(admission);
      return program;
    } catch (IOException | RuntimeException e) {
      program.close();
      throw e;
    }
  }

  /** Where peers and visitors find the service. */
  public Endpoint address() {
    return address;
  }

  /** The farm as it was published last. */
  public FarmSnapshot farm() {
    return loop.join().snapshot();
  }

  /**
   * Ends the service: takes no more messages, works in those it has, and lets go of everything.
   *
   * @throws StoreException once, when the service had to end because its store failed
   */
  @Override
  public synchronized void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        LOG.atWarn().setCause(e).log("a part of the service did not end as it should");
      }
    }
    failure
        .getAndSet(Optional.empty())
        .ifPresent(
            cause -> {
              throw cause;
            });
  }

  private void open(Function<Supplier<NetworkList>, Admission> admission) throws IOException {
    if (settings.standby() && settings.port() == 0) {
      throw new SettingsException("a stand-by needs a port that its peers know; give it one");
    }
    var deadlines = Deadlines.DEFAULT.withConnect(CONNECT_LIMIT);
    Transport transport = opened(Transport.create(TransportSettings.defaults().with(deadlines)));
    LiveConfiguration configuration = openConfiguration();
    // Before anybody is heard: whoever comes while the port is closed comes again.
    var early =
        settings.port() > 0
            ? Optional.of(openStore(settings.port(), configuration))
            : Optional.<Kept>empty();
    var limits = SessionLimits.DEFAULT.withSilence(configuration.current().sessionSilence());
    var gate = new Gate();
    Listener port =
        transport.listen(
            ListenSettings.on(settings.port())
                .withHttp(gate)
                .withTls(gate::tls)
                .withSessions(gate, gate, limits),
            gate);
    address = new Endpoint(HostName.ofThisMachine(settings.hostname()).own(), port.port());
    Files.createDirectories(workspace());
    var kept = early.isPresent() ? early.get() : openStore(address.port(), configuration);
    openFarm(transport, configuration, kept, gate, port, admission);
    opened(port);
    LOG.atInfo().log("Test Automation Service {} is ready at http://{}/", version(), address);
  }

  private void openFarm(
      Transport transport,
      LiveConfiguration configuration,
      Kept kept,
      Gate gate,
      Listener port,
      Function<Supplier<NetworkList>, Admission> admission)
      throws IOException {
    StatisticsDirectory statistics = openStatistics(configuration);
    var history = kept.store().history();
    var counts = EndedCounts.from(history);
    Edge edge =
        openEdge(
            transport,
            configuration,
            test -> {
              counts.count(test);
              statistics.record(test);
            });
    FarmLoop running =
        opened(
            FarmLoop.start(
                kept.revived(),
                configuration.current().farmSettings(address),
                new FarmLoop.Surroundings(
                    kept.store(),
                    clock,
                    edge.outgoing(),
                    BACKLOG,
                    snapshot -> news.getNow(Optional.empty()).ifPresent(it -> it.accept(snapshot)),
                    this::storeFailed)));
    loop.complete(running);
    var told = opened(News.of(running.snapshot(), lifeOf(clock.instant())));
    news.complete(Optional.of(told));
    told.accept(running.snapshot());
    Webhooks webhooks =
        opened(
            Webhooks.open(
                settings.directory().resolve("webhooks.conf"),
                store(address.port()).resolve("webhooks"),
                told,
                clock));
    var card = new ServiceCard(address, settings.description(), version(), clock.instant());
    var admitted = admission.apply(() -> configuration.current().plainPeerNetworks());
    FarmAccess access = opened(FarmAccess.open(store(address.port()), rules(admitted), clock));
    AuditLog audit = openAudit(configuration);
    People people = opened(People.of(access, audit, admitted::isOfThisMachine, address.port()));
    var score = opened(EstimateScore.of(running::snapshot));
    WebDoor pages =
        opened(
            Site.open(
                source(
                    running,
                    configuration,
                    edge,
                    score,
                    history,
                    webhooks,
                    port::refusals,
                    () -> complaints(configuration)),
                card,
                counts,
                people,
                orders(running),
                told,
                clock));
    var guarded =
        new HttpsOnly(
            pages, () -> configuration.current().httpsOnly(), admitted::isOfThisMachine, address);
    var sessions = edge.peers().sessions();
    var entrance = Entrance.of(admitted, configuration::current, running::snapshot, sessions);
    gate.open(
        new Gate.Opened(
            new Incoming(
                running,
                entrance,
                edge.peers(),
                edge.relay(),
                new Submissions(access.book()::current, audit::record),
                clock),
            keeping(access.admission(), configuration),
            access.watching(sessions, transport::endSession),
            guarded,
            access::tls));
  }

  private List<String> complaints(LiveConfiguration configuration) {
    var all = new ArrayList<>(configuration.complaints());
    comparison.ifPresent(it -> all.addAll(it.complaints()));
    return List.copyOf(all);
  }

  /** A store that was opened, and the farm as it was kept there. */
  private record Kept(Store store, Revived revived) {}

  /** What goes out, and what both directions know together. */
  private record Edge(Outgoing outgoing, Relay relay, Peers peers) {}

  private Edge openEdge(
      Transport transport, LiveConfiguration configuration, Consumer<EndedTest> history)
      throws IOException {
    Consumer<Event> farm = event -> loop.join().report(event);
    var parties =
        new RunParties(() -> configuration.current().time(Setting.SESSION_RETENTION), clock);
    var sessions = new Sessions(farm, clock, transport::dial);
    var lending = new Lending(sessions::isThere, new LoanTickets(clock));
    var peers =
        new Peers(
            new Dialects(),
            sessions,
            parties,
            new ToldFacts(),
            lending,
            new NodeFiles(address, transport, sessions));
    var relay = new Relay(address, transport, peers);
    opened(relay::close);
    var around = new Outgoing.Surroundings(address, transport, peers, relay, farm, history, clock);
    var added = opened(AddedDistributions.find(settings.directory().resolve("plugins"), clock));
    var outgoing =
        Outgoing.of(
            around,
            () -> configuration.current().clientAnswerLimit(),
            divide -> added.divide(divide, farm));
    opened(outgoing::close);
    return new Edge(outgoing, relay, peers);
  }

  /** Sessions wait for their peers as long as the settings say. */
  private static SessionAdmission keeping(
      SessionAdmission admission, LiveConfiguration configuration) {
    return (registration, offer, peer) -> {
      var answer = admission.admit(registration, offer, peer);
      return answer instanceof SessionAdmission.Admitted admitted
          ? new SessionAdmission.Admitted(
              admitted.who(), configuration.current().time(Setting.SESSION_RETENTION))
          : answer;
    };
  }

  private LiveConfiguration openConfiguration() {
    Consumer<Configuration> changed =
        now -> {
          loop.thenAccept(
              it ->
                  it.report(new Event.SettingsChanged(clock.instant(), now.farmSettings(address))));
          news.getNow(Optional.empty()).ifPresent(News::settingsChanged);
        };
    return opened(
        LiveConfiguration.open(
            settings.directory().resolve("configuration.dat"), settings.configuration(), changed));
  }

  private StatisticsDirectory openStatistics(LiveConfiguration configuration) throws IOException {
    return opened(
        StatisticsDirectory.open(
            settings.directory().resolve("statistics"),
            new StatisticsDirectory.Periods(
                () -> configuration.current().time(Setting.STATISTICS_THRESHOLD),
                () -> configuration.current().time(Setting.STATISTICS_UPDATE)),
            clock));
  }

  private AuditLog openAudit(LiveConfiguration configuration) {
    return opened(
        AuditLog.open(
            settings.directory().resolve("logs"),
            () -> configuration.current().auditLogPeriod(),
            clock));
  }

  private FarmOrders orders(FarmLoop farm) {
    return new FarmOrders() {
      @Override
      public void stop(TestId test, String who, String why) {
        farm.post(new Event.StopOrdered(clock.instant(), test, who, why));
      }

      @Override
      public void prioritise(TestId test, String who, int priority) {
        farm.post(new Event.PriorityOrdered(clock.instant(), test, who, priority));
      }

      @Override
      public void runAgain(TestDescription test, ClientId issuer, String who) {
        farm.post(new Event.RunAgainOrdered(clock.instant(), test, Demands.of(test), issuer, who));
      }

      @Override
      public void release(ProductId product, String who, String why) {
        farm.post(new Event.ReleaseOrdered(clock.instant(), product, who, why));
      }

      @Override
      public void order(ProductId product, PersonsOrder order) {
        farm.post(new Event.ProductOrdered(clock.instant(), product, order));
      }

      @Override
      public void order(NodeId node, PersonsOrder order) {
        farm.post(new Event.NodeOrdered(clock.instant(), node, order));
      }
    };
  }

  /** The guide's place for occasional and temporary files; no part of a name is a separator. */
  private Path workspace() {
    String host = address.host().replaceAll("[^A-Za-z0-9._-]", "_");
    return settings.directory().resolve("workspace_for_tas_" + host + "_" + address.port());
  }

  /** Whatever could not be kept was let out to nobody; the next service goes on before it. */
  private void storeFailed(StoreException cause) {
    failure.set(Optional.of(cause));
    end.run();
  }

  private Path store(int port) {
    return settings.directory().resolve("store").resolve(String.valueOf(port));
  }

  /** From its last event on: time does not run backwards over a restart. */
  private Kept openStore(int port, LiveConfiguration configuration) throws IOException {
    opened(StoreLock.take(store(port)));
    var self = new Endpoint(HostName.ofThisMachine(settings.hostname()).own(), port);
    var choice = StoreChoice.of(configuration::current, settings.directory(), System.getenv());
    Store store = opened(store(choice, self));
    if (comparison.isEmpty()) {
      compareAccess(choice, self);
    }
    comparison.ifPresent(AccessComparison::lead);
    var revived = Revived.of(store.past(), configuration.current().farmSettings(self));
    clock = SteadyClock.startingNow(revived.at());
    return new Kept(store, revived);
  }

  private void compareAccess(StoreChoice choice, Endpoint self) {
    comparison =
        choice.companions().map(it -> opened(AccessComparison.begin(it, store(self.port()), self)));
  }

  private Store store(StoreChoice choice, Endpoint self) {
    if (!settings.standby()) {
      return choice.open(store(self.port()));
    }
    compareAccess(choice, self);
    try (var candidate = choice.candidate()) {
      LOG.atInfo().log("stand-by: waits until no other service leads the farm");
      return candidate
          .await()
          .orElseThrow(() -> new StoreException("the stand-by was ended while it waited"));
    }
  }

  private static FarmAccess.Rules rules(Admission admission) {
    return new FarmAccess.Rules(
        admission::isOfThisMachine, peer -> admission.refusal(peer).isEmpty());
  }

  private static FarmSource source(
      FarmLoop loop,
      LiveConfiguration configuration,
      Edge edge,
      EstimateScore score,
      History history,
      Webhooks webhooks,
      LongSupplier refusals,
      Supplier<List<String>> complaints) {
    return new FarmSource() {
      @Override
      public FarmSnapshot farm() {
        return loop.snapshot();
      }

      @Override
      public Configuration configuration() {
        return configuration.current();
      }

      @Override
      public List<String> complaints() {
        return complaints.get();
      }

      @Override
      public Timings timings() {
        return new Timings(loop.decisions(), loop.writes());
      }

      @Override
      public History history() {
        return history;
      }

      @Override
      public RunFiles files() {
        return edge.peers().files()::ask;
      }

      @Override
      public WebhookCounts webhooks() {
        return webhooks.counts();
      }

      @Override
      public LineCounts lines() {
        var sessions = edge.peers().sessions().count();
        var relayed = edge.relay().count();
        return new LineCounts(
            sessions.open(),
            sessions.away(),
            relayed.messages(),
            relayed.files(),
            relayed.bytes(),
            refusals.getAsLong(),
            edge.outgoing().undelivered());
      }

      @Override
      public NodeFacts facts(NodeId node) {
        return edge.peers().facts().of(node);
      }

      @Override
      public EstimateCounts estimates() {
        return new EstimateCounts(score.checked(), score.kept());
      }

      @Override
      public boolean isAlive() {
        return loop.isAlive();
      }
    };
  }

  /** A word that no other life of a service on this store has. */
  private static String lifeOf(Instant begin) {
    return Long.toString(begin.toEpochMilli(), Character.MAX_RADIX);
  }

  private <T extends AutoCloseable> T opened(T part) {
    parts.push(part);
    return part;
  }

  private static String version() {
    return Optional.ofNullable(ServiceProgram.class.getPackage().getImplementationVersion())
        .orElse("(development)");
  }
}
