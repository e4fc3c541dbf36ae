package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.client.verdict.Ending;
import com.nokia.ci.tas.commons.Test;
import com.nokia.ci.tas.commons.launch.HostName;
import com.nokia.ci.tas.commons.launch.SteadyClock;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.model.Bond;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.commons.transport.DigestBook;
import com.nokia.ci.tas.commons.transport.ListenSettings;
import com.nokia.ci.tas.commons.transport.Listener;
import com.nokia.ci.tas.commons.transport.Transport;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Has tests executed by services: the whole of a client without its published face (guide, "Issuing
 * tests through the Test Automation Client").
 *
 * <p>For any thread. Nothing but {@link #open}, {@link #free} and {@link #close} waits. All its
 * threads are daemons: a program ends when its own work does.
 */
public final class Issuer implements AutoCloseable {
  private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(2);

  private static final int READERS = 2;
  private static final int MOST_TO_READ = 10_000;

  private final IssuerSettings settings;
  private final Clock clock;
  private final HostName hostName;
  private final ExecutorService threads;
  private final ScheduledExecutorService timer;
  private final Transport transport;
  private final Services services;
  private final RunningTests running = new RunningTests();
  private final ServiceNames serviceNames = new ServiceNames();
  private final DirectDoor door;
  private final DigestBook digests;
  private final KnownArtifacts artifacts;
  private final FileTraffic files;
  private final String name;
  private final CompletableFuture<Listener> listening = new CompletableFuture<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  private Issuer(IssuerSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.hostName = HostName.ofThisMachine(settings.host());
    this.name = hostName.own();
    this.threads = callThreads();
    this.timer = Executors.newSingleThreadScheduledExecutor(daemons("tas-client-timer-"));
    this.transport = Transport.create(settings.transport());
    this.digests = new DigestBook(Clock.systemUTC());
    this.artifacts = new KnownArtifacts(digests, readerThreads());
    this.files = new FileTraffic(transport, threads, settings.patience(), digests);
    this.door = newDoor(transport);
    this.services = newServices(transport, door);
  }

  /**
   * Begins to listen.
   *
   * @throws com.nokia.ci.tas.commons.model.SettingsException when there is no port to listen on
   */
  public static Issuer open(IssuerSettings settings) {
    var issuer = new Issuer(settings, SteadyClock.startingNow());
    try {
      issuer.listen();
    } catch (RuntimeException e) {
      issuer.timer.shutdownNow();
      issuer.transport.close();
      throw e;
    }
    return issuer;
  }

  private void listen() {
    listening.complete(
        transport.listen(where(), new Entrance(services, files, door, this::endpoint)));
    long period = Math.max(1, settings.silence().toMillis() / 4);
    var unused =
        timer.scheduleWithFixedDelay(
            () -> services.lookAfter(settings.silence(), settings.overtime()),
            period,
            period,
            TimeUnit.MILLISECONDS);
  }

  /** Where it can be dialled. */
  public Endpoint endpoint() {
    return new Endpoint(name, listening.join().port());
  }

  public boolean isOpen() {
    return !closed.get();
  }

  /** The tests that have not ended. */
  public List<TestId> running() {
    return services.running().all().map(RunningTest::id).toList();
  }

  public int runningCount() {
    return services.running().size();
  }

  /** A queue for the calls to one observer, or to several that are to be called in turn. */
  public CallQueue newCalls() {
    return new CallQueue(threads);
  }

  /**
   * Has a test executed. Whatever is wrong with it is told to the observer as its end.
   *
   * @param test is copied
   * @param calls makes the calls to the observer
   */
  public void start(Test test, Endpoint service, TestObserver observer, CallQueue calls) {
    begin(test, service, TestOperation.Kind.START, Bond.ISSUER, observer, calls);
  }

  /**
   * Takes the place of the client of a test that outlives its own, or gets what is kept of it when
   * it has ended.
   *
   * @param test its id, and the workspace for its results
   * @param bond {@link Bond#ATTACH} to follow it, {@link Bond#RESULTS} for its results alone
   */
  public void follow(
      Test test, Bond bond, Endpoint service, TestObserver observer, CallQueue calls) {
    begin(test, service, TestOperation.Kind.CHECK, bond, observer, calls);
  }

  /** Lets go of a test that outlives its client; to its observer it is lost. */
  public void leave(TestId id, Endpoint service) {
    services
        .running()
        .find(id, service)
        .ifPresent(
            test ->
                services.end(
                    test,
                    TestProgress.NONE,
                    Ending.lost("test " + id + " goes on, and is not followed from here")));
  }

  /**
   * Asks how a test is that any client started: the answer is one call to the observer.
   *
   * @param id of the whole test
   */
  public void check(String id, Endpoint service, TestObserver observer) {
    begin(new Test(id), service, TestOperation.Kind.CHECK, Bond.ISSUER, observer, newCalls());
  }

  /** Asks for the end of a test that any client started; the observer is told when it ended. */
  public void stop(String id, Endpoint service, TestObserver observer) {
    begin(new Test(id), service, TestOperation.Kind.STOP, Bond.ISSUER, observer, newCalls());
  }

  /**
   * Asks for the end of a test that was started here; its own observer is told when it ended.
   *
   * @return false when no such test is running
   */
  public boolean stop(TestId id, Endpoint service) {
    Optional<RunningTest> test = services.running().find(id, service);
    test.ifPresent(services::stop);
    return test.isPresent();
  }

  /**
   * Gives products back to their services; every message was handed over, or tried in vain, when
   * this returns. Works after {@link #close} too.
   *
   * @return a sentence for each product that could not be given back
   */
  public List<String> free(List<ProductDescription> products) {
    if (isOpen()) {
      return new ProductRelease(services, transport, this::towards, settings.speech())
          .release(products);
    }
    try (var shortLived = Transport.create(settings.transport())) {
      var again = newServices(shortLived, newDoor(shortLived));
      var failures =
          new ProductRelease(again, shortLived, this::towards, settings.speech()).release(products);
      leave(again);
      return failures;
    }
  }

  /**
   * Ends: tests that are still running are lost to their observers, services are told good-bye.
   * Does nothing the second time.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    timer.shutdownNow();
    leave(services);
    listening.join().close();
    transport.close();
  }

  private static void leave(Services services) {
    services
        .leave("the client was closed before the test ended")
        .completeOnTimeout(null, LONGEST_FAREWELL.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  private void begin(
      Test test,
      Endpoint service,
      TestOperation.Kind kind,
      Bond bond,
      TestObserver observer,
      CallQueue calls) {
    var running = new RunningTest(new Test(test), kind, bond, service, observer, calls, clock);
    Optional<String> complaint = complaint(running.description(), service);
    if (complaint.isPresent()) {
      running.end(TestProgress.NONE, Ending.refused(complaint.get()), told -> {});
      return;
    }
    if (kind == TestOperation.Kind.START) {
      running.prepare(artifacts.of(running.description(), observer.mayStream()));
    }
    if (!services.begin(running, kind)) {
      running.end(
          TestProgress.NONE,
          Ending.refused("test " + running.id() + " is running already on the service " + service),
          told -> {});
    }
  }

  private Optional<String> complaint(TestDescription test, Endpoint service) {
    if (!isOpen()) {
      return Optional.of("this client is closed; use a new one");
    }
    if (!service.isDialable()) {
      return Optional.of("\"" + service + "\" is not the address of a service; give host and port");
    }
    return SafeName.complaint("test id", test.id().test().value())
        .or(() -> FileNames.complaint(test));
  }

  private DirectDoor newDoor(Transport network) {
    var speech = settings.speech();
    return new DirectDoor(running, speech.key(), network, speech.retention(), Speech.LINGER);
  }

  private Services newServices(Transport network, DirectDoor itsDoor) {
    return new Services(
        (service, listener) ->
            new ServiceLink(
                service, it -> newWay(it, network), network, settings.retries(), listener),
        itsDoor,
        running,
        serviceNames,
        settings.patience(),
        clock,
        threads);
  }

  private ServiceWay newWay(Endpoint service, Transport network) {
    var search =
        new ServiceSearch(this::towards, network, settings.transport().standIns(), threads);
    return switch (settings.speech().manner()) {
      case PLAIN -> new PlainWay(service, search);
      case SESSION, SESSION_ONLY ->
          new SessionWay(
              service,
              search,
              network,
              own -> settings.speech().wish(service, own),
              new Incoming(services, files, peer -> new ServiceSpeaker(services, service)));
    };
  }

  private ListenSettings where() {
    return settings.speech().doorAt(settings.listen(), door);
  }

  private Endpoint towards(String host) {
    return new Endpoint(hostName.towards(host), listening.join().port());
  }

  /** Threads go when there is nothing to do, so that calls can be made after the end too. */
  private static ExecutorService callThreads() {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        2,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        daemons("tas-client-call-"));
  }

  /** As many as a disk likes; they go when there is nothing to read. */
  private static ExecutorService readerThreads() {
    var readers =
        new ThreadPoolExecutor(
            READERS,
            READERS,
            2,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_TO_READ),
            daemons("tas-client-reader-"),
            new ThreadPoolExecutor.DiscardPolicy()); // then a start waits for its limit, no more
    readers.allowCoreThreadTimeOut(true);
    return readers;
  }

  private static ThreadFactory daemons(String prefix) {
    var count = new AtomicInteger();
    return work -> {
      var thread = new Thread(work, prefix + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
