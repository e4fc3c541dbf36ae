package com.nokia.ci.tas.client;

import com.nokia.ci.tas.client.internal.Issuer;
import com.nokia.ci.tas.client.internal.http.TestEnds;
import com.nokia.ci.tas.client.log.RunLog;
import com.nokia.ci.tas.client.verdict.Ending;
import com.nokia.ci.tas.commons.Test;
import com.nokia.ci.tas.commons.model.Bond;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.StandIns;
import com.nokia.ci.tas.commons.model.TestId;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Has tests executed by one Test Automation Service.
 *
 * <pre>{@code
 * import com.nokia.ci.tas.client.TasClient;
 * import com.nokia.ci.tas.client.TestRequest;
 * import com.nokia.ci.tas.client.TestResult;
 * import com.nokia.ci.tas.client.TestRun;
 * import java.nio.file.Path;
 * import java.util.concurrent.TimeUnit;
 *
 * public final class Smoke {
 *   public static void main(String[] arguments) throws Exception {
 *     try (TasClient client = TasClient.connect(arguments[0])) {
 *       TestRequest request =
 *           TestRequest.named("smoke_1")
 *               .workspace(Path.of(arguments[1]))
 *               .require("(rm-code:RM-763;)")
 *               .executor("sh", "execute.sh")
 *               .results("results.txt")
 *               .build();
 *       TestRun run =
 *           client.start(request, event -> event.output().ifPresent(System.out::println));
 *       TestResult result = run.result().get(2, TimeUnit.HOURS);
 *       System.out.println(result.status() + " " + result.details());
 *       System.exit(result.isFinished() ? 0 : 1);
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>Any number of tests run at once, over one connection that the client makes and keeps: nothing
 * has to reach the machine that it runs on. Restarts of the service and breaks of the network are
 * waited for, ten minutes long; each test gets exactly one result. For any thread; only {@link
 * #close} waits. All threads of a client are daemons.
 *
 * <p>The same services are reached by {@link TestAutomationClient}, the API of the guide; both may
 * be used in one program.
 */
public final class TasClient implements AutoCloseable {
  private final Issuer issuer;
  private final Endpoint service;
  private final TestEnds ends;
  private final Set<Runnable> waits = ConcurrentHashMap.newKeySet();
  private volatile boolean isClosed;

  private TasClient(Issuer issuer, Endpoint service, TestEnds ends) {
    this.issuer = issuer;
    this.service = service;
    this.ends = ends;
  }

  /**
   * A client of a service that is reached without further settings; a key is taken from the file
   * that the environment variable {@code TAS_FARM_KEY} names, if it names one. The service is
   * spoken to when the first test is started.
   *
   * @param service {@code host:port}; with a stand-by both, with a comma between them
   * @throws IllegalArgumentException when that is no address
   * @throws com.nokia.ci.tas.commons.model.SettingsException when the key file is of no use, or
   *     there is no port to listen on; its message is a sentence that says what to do
   */
  public static TasClient connect(String service) {
    return connect(service, ClientSettings.defaults());
  }

  /**
   * A client of a service with settings of its own: a key, a port, another way to speak.
   *
   * @param service {@code host:port}; with a stand-by both, with a comma between them
   * @throws IllegalArgumentException when that is no address
   * @throws com.nokia.ci.tas.commons.model.SettingsException when the key file is of no use, or
   *     there is no port to listen on; its message is a sentence that says what to do
   */
  public static TasClient connect(String service, ClientSettings settings) {
    List<Endpoint> places = Arrays.stream(service.split(",", -1)).map(TasClient::place).toList();
    var issuer = settings.issuer();
    return new TasClient(
        Issuer.open(issuer.with(StandIns.of(places))),
        places.get(0),
        TestEnds.of(places, issuer.speech().shownKey()));
  }

  private static Endpoint place(String text) {
    Endpoint place = Endpoint.parse(text.strip());
    if (!place.isDialable()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not the address of a service; give host:port");
    }
    return place;
  }

  /** Has a test executed; the same as with a listener, for those who want the result alone. */
  public TestRun start(TestRequest request) {
    return start(request, TasClient::ignore);
  }

  /**
   * Has a test executed. Returns at once; whatever is wrong with it is told as its result.
   *
   * @param listener is called on a thread of the client, for this test one event after another,
   *     with no lock held. What it throws costs that event alone. While it is slow, output waits up
   *     to 8 million characters and is left out then, which the next output says.
   */
  public TestRun start(TestRequest request, Consumer<TestEvent> listener) {
    var calls = issuer.newCalls();
    var id = new TestId(request.id());
    Runnable stop = () -> issuer.stop(id, service);
    Runnable leave = request.isDetached() ? () -> issuer.leave(id, service) : stop;
    var run = new TestRun(request.id(), request.resultsDirectory(), listener, calls, stop, leave);
    Test test = request.toTest();
    var observer =
        request
            .runLog()
            .map(file -> new RunLog(file).of(test, run.observer()))
            .orElseGet(run::observer);
    issuer.start(test, service, observer, calls);
    return run;
  }

  /**
   * Follows a test that was started {@linkplain TestRequest.Builder#detached detached}, from
   * wherever: the listener gets its whole output from the beginning, and its results arrive when it
   * has ended. Who followed it before hears no more of it. A test that has ended is shown as well,
   * as long as its node keeps it.
   *
   * @param id of the test
   * @param directory gets the results
   * @param listener as that of {@link #start(TestRequest, Consumer)}
   * @return closing it lets the test go on; {@link TestResult.Status#REFUSED} when there is no such
   *     test, it is not detached or has not started yet, or this client has no right to it
   */
  public TestRun attach(String id, Path directory, Consumer<TestEvent> listener) {
    return follow(id, Bond.ATTACH, directory, listener);
  }

  /**
   * Gets the results of a test that was started {@linkplain TestRequest.Builder#detached detached}
   * and has ended; any number of times, as long as its node keeps them.
   *
   * @param id of the test
   * @param directory gets the results
   * @return how the test ended, with its files; {@link TestResult.Status#REFUSED} when there is no
   *     such test, it has not ended, or this client has no right to it
   */
  public CompletableFuture<TestResult> results(String id, Path directory) {
    return follow(id, Bond.RESULTS, directory, TasClient::ignore).result();
  }

  private TestRun follow(String id, Bond bond, Path directory, Consumer<TestEvent> listener) {
    var calls = issuer.newCalls();
    var test = new Test(id);
    Path workspace = directory.toAbsolutePath().normalize();
    test.setWorkspacePath(workspace.toString());
    var run =
        new TestRun(
            id,
            workspace,
            listener,
            calls,
            () -> issuer.stop(new TestId(id), service),
            () -> issuer.leave(new TestId(id), service));
    issuer.follow(test, bond, service, run.observer(), calls);
    return run;
  }

  /**
   * How a test ends that anybody has started, from whatever program: waits for its end without
   * asking again and again, and gets none of its files. Completes at once for one that has ended.
   *
   * @param id of the test
   * @return never completes exceptionally by itself; {@link TestResult.Status#REFUSED} when the
   *     service knows no such test or does not tell this client of it, {@link
   *     TestResult.Status#LOST} when it does not answer, or was away for ten minutes. Cancelling it
   *     gives the waiting up and does not touch the test
   */
  @SuppressWarnings("CollectionUndefinedEquality") // The very same future is meant.
  public CompletableFuture<TestResult> whenEnded(String id) {
    var end = ends.of(id);
    var result = end.thenApply(how -> TestRun.result(id, how.outcome(), how.attempts(), List.of()));
    Runnable giveUp = () -> giveUp(id, result);
    waits.add(giveUp);
    var unused =
        result.whenComplete(
            (how, failure) -> {
              waits.remove(giveUp);
              end.cancel(/* mayInterruptIfRunning= */ true);
            });
    if (isClosed) {
      giveUp.run();
    }
    return result;
  }

  private static void giveUp(String id, CompletableFuture<TestResult> result) {
    var outcome = Ending.lost("the client was closed before test " + id + " ended");
    result.complete(TestRun.result(id, outcome, /* attempts= */ 0, List.of()));
  }

  /** The ids of the tests that were started and have not ended. */
  public List<String> running() {
    return issuer.running().stream().map(TestId::value).toList();
  }

  /**
   * Ends the client. Tests that are still running are {@link TestResult.Status#LOST} here, and the
   * service is told to stop them, which takes two seconds at most. Does nothing the second time.
   */
  @Override
  public void close() {
    isClosed = true;
    waits.forEach(Runnable::run);
    issuer.close();
  }

  private static void ignore(TestEvent event) {}
}
