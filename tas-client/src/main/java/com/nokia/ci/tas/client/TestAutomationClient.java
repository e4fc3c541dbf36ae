package com.nokia.ci.tas.client;

import com.nokia.ci.tas.client.internal.CallQueue;
import com.nokia.ci.tas.client.internal.Issuer;
import com.nokia.ci.tas.client.internal.TestObserver;
import com.nokia.ci.tas.client.verdict.Ending;
import com.nokia.ci.tas.commons.Constant;
import com.nokia.ci.tas.commons.Product;
import com.nokia.ci.tas.commons.Published;
import com.nokia.ci.tas.commons.Test;
import com.nokia.ci.tas.commons.TestAutomationServiceListener;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.TestId;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * Has tests executed by Test Automation Services and tells a listener how they fare (guide,
 * "Issuing tests for the Test Automation Service by using the Test Automation Client API").
 *
 * <p>A client listens from its construction to {@link #close}; any number of tests, one after
 * another or at once, on any number of services. All methods may be called by any thread, also
 * inside the calls to a listener; only {@link #freeProducts} and {@link #close} wait for the
 * network. A listener is called on threads of the client, never by two at once, and for each test
 * in the order in which things happened; each test gets exactly one {@code testFinished} or {@code
 * testFailed}. All threads are daemons: a program that has nothing else to do ends, with or without
 * {@code close}.
 *
 * <p>It is a thread because plug-ins know it as one; it is started already.
 */
public class TestAutomationClient extends Thread implements AutoCloseable {
  private final PrintStream output;
  private final Issuer issuer;
  private final CountDownLatch ended = new CountDownLatch(1);

  /** Calls to one listener are made in turn, also for different tests. */
  private final Map<TestAutomationServiceListener, CallQueue> calls = new WeakHashMap<>();

  /**
   * A client on a port by chance, under the host name of this machine.
   *
   * @param output where it says what it does; null is the standard output
   */
  public TestAutomationClient(PrintStream output) {
    this(null, -1, output);
  }

  /**
   * A client.
   *
   * @param hostname what services and nodes are told to dial; null or empty: found out
   * @param port where it listens, or the next free one after it; 0: any free one; outside 0 to
   *     65535: one by chance
   * @param output where it says what it does; null is the standard output
   */
  public TestAutomationClient(String hostname, int port, PrintStream output) {
    this(settings(hostname, port).withOutput(Objects.requireNonNullElse(output, System.out)));
  }

  @SuppressWarnings("this-escape") // published: constructing it starts it
  private TestAutomationClient(ClientSettings settings) {
    super("tas-client");
    this.output = settings.output().orElse(System.out);
    this.issuer = Issuer.open(settings.issuer());
    setDaemon(true);
    start();
  }

  /**
   * A client with settings of its own.
   *
   * @throws com.nokia.ci.tas.commons.model.SettingsException when there is no port to listen on, or
   *     the key file is of no use; its message is a sentence that says what to do
   */
  public static TestAutomationClient open(ClientSettings settings) {
    return new TestAutomationClient(settings);
  }

  /** The name under which services and nodes are told to dial this client. */
  public String getHostname() {
    return issuer.endpoint().host();
  }

  /** The port on which this client listens. */
  public int getPort() {
    return issuer.endpoint().port();
  }

  /** Whether the client listens: true until it is closed. */
  public boolean isInitialized() {
    return issuer.isOpen();
  }

  /** How many tests were started and have not ended; a test in its last call has not. */
  public int getNumberOfExecutingTests() {
    return issuer.runningCount();
  }

  /** The ids of the tests that were started and have not ended. */
  public List<String> getExecutingTestIds() {
    return new ArrayList<>(issuer.running().stream().map(TestId::value).toList());
  }

  /**
   * Has a test executed. Returns at once; everything, refusals included, is told to the listener.
   *
   * @param test is copied; later changes have no effect
   * @param testAutomationServiceHostname name or address of the service
   * @param testAutomationServicePort port of the service
   * @param listener without one nothing happens
   */
  public void startTest(
      Test test,
      String testAutomationServiceHostname,
      int testAutomationServicePort,
      TestAutomationServiceListener listener) {
    if (listener == null) {
      return;
    }
    Test wanted = test == null ? new Test("") : test;
    p("starting test " + wanted.getId());
    issuer.start(
        wanted,
        service(testAutomationServiceHostname, testAutomationServicePort),
        new ListenerObserver(listener),
        callsOf(listener));
  }

  /**
   * Asks for the end of a test that this client has started; its listener is told when it ended.
   *
   * @param test only its id matters
   * @param listener is told in a message when the test cannot be stopped; without one nothing
   *     happens
   */
  public void stopTest(
      Test test,
      String testAutomationServiceHostname,
      int testAutomationServicePort,
      TestAutomationServiceListener listener) {
    if (listener == null) {
      return;
    }
    Test wanted = test == null ? new Test("") : test;
    Endpoint service = service(testAutomationServiceHostname, testAutomationServicePort);
    boolean isAsked = issuer.stop(new TestId(wanted.getId()), service);
    p("stopping test " + wanted.getId());
    if (!isAsked) {
      callsOf(listener)
          .add(
              () ->
                  listener.messageFromTestAutomationService(
                      new Test(wanted),
                      "Test "
                          + wanted.getId()
                          + " is not executed for this client by the service "
                          + service));
    }
  }

  /**
   * Gives products back to the services they belong to, after a test with manual releasing. When
   * this returns, every message was handed over to its service, or could not be in three tries,
   * which is printed. May be called at any time, inside the last call to a listener and after
   * {@link #close} too.
   *
   * @param products are marked as free and not reserved
   */
  public void freeProducts(List<Product> products) {
    if (products == null) {
      return;
    }
    var freed = products.stream().filter(Objects::nonNull).toList();
    for (Product product : freed) {
      product.setStatus(Product.Status.FREE, "");
      product.setReservation(0, Constant.DEFAULT_TEST_TIMEOUT);
      product.setDisconnectionTime(0);
    }
    issuer.free(freed.stream().map(Published::description).toList()).forEach(this::p);
  }

  /** The version of this software. */
  public String getVersion() {
    return Constant.TEST_AUTOMATION_RELEASE_VERSION;
  }

  /** Prints a line to the output of this client, with its address in front. */
  public void p(String text) {
    output.println("TAC: " + issuer.endpoint() + ": " + text);
  }

  /**
   * Ends the client: tests that are still running are failed to their listeners, services are told
   * good-bye, which takes two seconds at most. Does nothing the second time.
   */
  @Override
  public void close() {
    issuer.close();
    ended.countDown();
  }

  /** The same as {@link #close}, for clients that extend this one. */
  protected void stopWorking() {
    close();
  }

  /** Lasts until the client is closed; an interrupt closes it. Called by the client itself. */
  @Override
  public void run() {
    try {
      ended.await();
    } catch (InterruptedException e) {
      close();
    }
  }

  /** Says what this library is for. */
  public static void main(String[] arguments) {
    System.out.println(
        "Test Automation Client "
            + Constant.TEST_AUTOMATION_RELEASE_VERSION
            + ": a library; \"java -jar TestAutomationClient.jar --help\" is its command line");
  }

  private CallQueue callsOf(TestAutomationServiceListener listener) {
    synchronized (calls) {
      return calls.computeIfAbsent(listener, it -> issuer.newCalls());
    }
  }

  private static ClientSettings settings(String hostname, int port) {
    ClientSettings settings = ClientSettings.defaults();
    if (hostname != null && !hostname.isBlank()) {
      settings = settings.withHostname(hostname);
    }
    return port < 0 || port > 65_535 ? settings : settings.withPort(port);
  }

  /** The address of a service; what makes none is refused when a test is started there. */
  private static Endpoint service(String hostname, int port) {
    return new Endpoint(
        hostname == null ? "" : hostname.strip(), port < 0 || port > 65_535 ? 0 : port);
  }

  /** Translates what happens to a test into the calls of the published listener. */
  private final class ListenerObserver implements TestObserver {
    private final TestAutomationServiceListener listener;

    ListenerObserver(TestAutomationServiceListener listener) {
      this.listener = listener;
    }

    @Override
    public void started(Test test) {
      p("test " + test.getRuntimeId() + " is started");
      listener.testStarted(test);
    }

    @Override
    public void said(Test test, String text) {
      listener.messageFromTestAutomationService(test, text);
    }

    @Override
    public void noted(Test test, String sentence) {
      p("test " + test.getId() + ": " + sentence);
      listener.messageFromTestAutomationService(test, sentence);
    }

    @Override
    public void ended(Test test, Ending outcome) {
      if (outcome.kind() == Ending.Kind.FINISHED) {
        p("test " + test.getId() + " is finished");
        listener.testFinished(test);
      } else {
        p("test " + test.getId() + " has failed: " + outcome.reason());
        listener.testFailed(test, outcome.reason());
      }
    }

    @Override
    public boolean mayStream() {
      return true;
    }

    @Override
    public Optional<InputStream> read(String directory, String name) {
      return Optional.ofNullable(listener.readFile(directory, name));
    }

    @Override
    public Optional<OutputStream> create(String directory, String name) {
      return Optional.ofNullable(listener.createFile(directory, name));
    }
  }
}
