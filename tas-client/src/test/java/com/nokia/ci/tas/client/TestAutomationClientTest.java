package com.nokia.ci.tas.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.Closing;
import com.nokia.ci.tas.commons.Product;
import com.nokia.ci.tas.commons.Published;
import com.nokia.ci.tas.commons.Test.ProductReleasingMode;
import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.ProductOperation;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProductStatus;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.commons.model.TestStatus;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published client against a service and a node that follow a script, over real sockets. */
final class TestAutomationClientTest {
  private static final String ID = "nightly";
  private static final RuntimeId WHOLE = RuntimeId.of(ID);
  private static final RuntimeId PART_1 = new RuntimeId(new TestId(ID), "_1");

  @TempDir Path workspace;

  private final FakePeer service = new FakePeer();
  private final FakePeer node = new FakePeer();
  private final RecordingListener listener = new RecordingListener();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final TestAutomationClient client =
      new TestAutomationClient(
          "127.0.0.1", 0, new PrintStream(printed, true, StandardCharsets.UTF_8));

  @AfterEach
  void closeAll() {
    Closing.all(client, service, node);
  }

  @Test
  void testIsRegisteredStartedAndFinishedAndTheServiceIsLeft() throws Exception {
    start(test());

    TestOperation start = service.hearFirst(TestOperation.Kind.START);
    assertEquals(clientEndpoint(), start.sender());
    assertEquals(List.of("execute.py", "image.img"), start.test().execution().artifacts());
    assertEquals(1, client.getNumberOfExecutingTests());
    assertEquals(List.of(ID), client.getExecutingTestIds());
    service.update(clientEndpoint(), with(WHOLE, TestStatus.PENDING, ""));
    service.update(clientEndpoint(), with(PART_1, TestStatus.STARTED, ""));
    assertEquals("started nightly_1", listener.next());
    service.update(clientEndpoint(), with(WHOLE, TestStatus.FINISHED, ""));
    assertEquals("finished nightly", listener.next());
    assertEquals(RegistryOperation.Kind.DEREGISTER, service.hear(RegistryOperation.class).kind());
    assertEquals(0, client.getNumberOfExecutingTests());
  }

  @Test
  void callsGetOurOwnTestWithStatusTimesAndProductsFromTheMessage() throws Exception {
    startAndHear();
    TestDescription forged =
        Published.description(new com.nokia.ci.tas.commons.Test(ID)).with(PART_1);
    service.update(
        clientEndpoint(),
        forged.with(
            forged
                .progress()
                .with(TestStatus.STARTED, "on its way")
                .startedAt(Instant.ofEpochMilli(17))
                .reserving(List.of(ProductDescription.of(Map.of("imei", "1"))))));

    assertEquals("started nightly_1", listener.next());
    assertEquals(workspace.toString(), listener.last.getWorkspacePath());
    assertEquals("results.zip", listener.last.getResultsFilename());
    assertEquals("on its way", listener.last.getStatusDetails());
    assertEquals(17, listener.last.getStartTime());
    assertEquals("1", listener.last.getReservedProducts().get(0).getIMEI());
  }

  @Test
  void sameStartIsToldOnceAndAnotherAttemptAgain() throws Exception {
    startAndHear();
    TestDescription started = with(WHOLE, TestStatus.STARTED, "");
    service.update(clientEndpoint(), started);
    service.update(clientEndpoint(), started);
    service.update(
        clientEndpoint(), started.with(started.progress().startedAt(Instant.ofEpochMilli(99))));
    service.update(clientEndpoint(), with(WHOLE, TestStatus.FAILED, "exit code 3"));

    assertEquals("started nightly", listener.next());
    assertEquals("started nightly", listener.next());
    assertEquals("failed nightly: exit code 3", listener.next());
  }

  @Test
  void endIsToldOnceAndNothingAfterIt() throws Exception {
    startAndHear();
    service.update(clientEndpoint(), with(PART_1, TestStatus.FAILED, "only a part"));
    service.update(clientEndpoint(), with(WHOLE, TestStatus.FAILED, "exit code 3"));
    service.update(clientEndpoint(), with(WHOLE, TestStatus.FINISHED, ""));
    node.say(clientEndpoint(), WHOLE, "too late");
    assertEquals("failed nightly: exit code 3", listener.next());

    start(test("other"));
    assertEquals("other", nextStart().test().id().text());
    service.update(
        clientEndpoint(), TestDescription.named(RuntimeId.of("other")).with(TestStatus.FAILED, ""));
    assertTrue(listener.next().startsWith("failed other: "));
    assertTrue(listener.hasNothingMore());
  }

  @Test
  void stoppedTestIsFailedToItsListener() throws Exception {
    startAndHear();
    client.stopTest(test(), service.endpoint().host(), service.endpoint().port(), listener);

    assertEquals(ID, service.hearNext(TestOperation.Kind.STOP).test().id().text());
    service.update(clientEndpoint(), with(WHOLE, TestStatus.STOPPED, "stopped by its issuer"));
    assertEquals("failed nightly: stopped by its issuer", listener.next());
    assertEquals(com.nokia.ci.tas.commons.Test.Status.STOPPED, listener.last.getStatus());
  }

  @Test
  void stopOfATestThatIsNotOursIsAMessageAndNothingIsSent() throws Exception {
    client.stopTest(test(), service.endpoint().host(), service.endpoint().port(), listener);

    assertEquals(
        "message nightly: Test nightly is not executed for this client by the service "
            + service.endpoint(),
        listener.next());
    assertTrue(service.hasHeardNothing());
  }

  @Test
  void answerThatTheTestIsUnknownFailsIt() throws Exception {
    startAndHear();
    service.tell(
        clientEndpoint(),
        new TestOperation(
            service.endpoint(),
            clientEndpoint(),
            TestOperation.Kind.STOP,
            with(WHOLE, TestStatus.FAILED, "test nightly is not under execution here")));

    assertEquals("failed nightly: test nightly is not under execution here", listener.next());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../x", "a/b", "a\\b", "C:", "nul", "a|b", " a", "a."})
  void badIdIsRefusedWithoutAWordToTheService(String id) throws Exception {
    start(test(id));

    assertTrue(listener.next().startsWith("failed " + id + ": test id "));
    assertTrue(service.hasHeardNothing());
  }

  @Test
  void badFileNamesAndAddressesAreRefused() throws Exception {
    var test = test();
    test.addArtifact("../secret");
    start(test);
    assertTrue(listener.next().contains("artifact \"../secret\""));

    var other = test();
    other.setResultsFilename("/etc/results.zip");
    start(other);
    assertTrue(listener.next().contains("results file \"/etc/results.zip\""));

    client.startTest(test(), "", 31415, listener);
    assertTrue(listener.next().endsWith("is not the address of a service; give host and port"));
    client.startTest(test(), "localhost", 70_000, listener);
    assertTrue(listener.next().endsWith("is not the address of a service; give host and port"));
    client.startTest(null, "localhost", 31415, listener);
    assertEquals("failed : test id is empty; give it a name", listener.next());
    client.startTest(test(), "localhost", 31415, null);
    assertTrue(service.hasHeardNothing());
  }

  @Test
  void testThatTheServiceRefusesCostsNoOtherTest() throws Exception {
    startAndHear();
    service.refuse("heavy", "too much is waiting; try again later");

    start(new com.nokia.ci.tas.commons.Test("heavy"));

    assertEquals(
        "failed heavy: " + service.endpoint() + " refused: too much is waiting; try again later",
        listener.next());
    service.update(clientEndpoint(), with(WHOLE, TestStatus.FINISHED, ""));
    assertEquals("finished nightly", listener.next());
  }

  @Test
  void secondTestOfTheSameIdIsRefusedAndTheFirstGoesOn() throws Exception {
    startAndHear();
    start(test());

    assertEquals(
        "failed nightly: test nightly is running already on the service " + service.endpoint(),
        listener.next());
    assertEquals(1, client.getNumberOfExecutingTests());
    service.update(clientEndpoint(), with(WHOLE, TestStatus.FINISHED, ""));
    assertEquals("finished nightly", listener.next());
  }

  @Test
  void artifactsComeFromTheWorkspaceWhenTheListenerHasNone() throws Exception {
    Files.writeString(workspace.resolve("image.img"), "the image");
    startAndHear();
    node.file(clientEndpoint(), FileOperation.Kind.GET, PART_1, "image.img");

    assertEquals("the image", node.receive());
    assertEquals("readFile image.img", listener.next());
  }

  @Test
  void artifactsComeFromTheListenerFirst() throws Exception {
    Files.writeString(workspace.resolve("image.img"), "the file");
    client.startTest(
        test(),
        service.endpoint().host(),
        service.endpoint().port(),
        new RecordingListener() {
          @Override
          public InputStream readFile(String directoryPath, String fileName) {
            assertEquals(workspace.toString(), directoryPath);
            return new ByteArrayInputStream("the stream".getBytes(StandardCharsets.UTF_8));
          }
        });
    service.hearFirst(TestOperation.Kind.START);
    node.file(clientEndpoint(), FileOperation.Kind.GET, WHOLE, "image.img");

    assertEquals("the stream", node.receive());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"execute.py", "../image.img", "/etc/passwd", "unknown.txt", "results.zip"})
  void whatIsNotThereOrNotDeclaredIsAborted(String name) throws Exception {
    Files.writeString(workspace.resolve("unknown.txt"), "there, but not declared");
    Files.writeString(workspace.resolve("results.zip"), "there, but not an artifact");
    startAndHear();
    node.file(clientEndpoint(), FileOperation.Kind.GET, PART_1, name);

    FileOperation abort = node.hear(FileOperation.class);
    assertEquals(FileOperation.Kind.ABORT, abort.kind());
    assertEquals(PART_1, abort.test().id());
    assertEquals(name, abort.file().name());
    assertTrue(node.hasHeardNothing());
  }

  @Test
  void artifactOfAnUnknownTestIsAborted() throws Exception {
    node.file(clientEndpoint(), FileOperation.Kind.GET, RuntimeId.of("unknown"), "image.img");

    assertEquals(FileOperation.Kind.ABORT, node.hear(FileOperation.class).kind());
  }

  @Test
  void listenerThatThrowsCostsNothingElse() throws Exception {
    Files.writeString(workspace.resolve("image.img"), "the image");
    var throwing =
        new RecordingListener() {
          @Override
          public void testStarted(com.nokia.ci.tas.commons.Test test) {
            throw new IllegalStateException("on purpose");
          }

          @Override
          public InputStream readFile(String directoryPath, String fileName) {
            throw new IllegalStateException("on purpose");
          }
        };
    client.startTest(test(), service.endpoint().host(), service.endpoint().port(), throwing);
    service.hearFirst(TestOperation.Kind.START);
    service.update(clientEndpoint(), with(WHOLE, TestStatus.STARTED, ""));
    node.file(clientEndpoint(), FileOperation.Kind.GET, WHOLE, "image.img");

    assertEquals(FileOperation.Kind.ABORT, node.hear(FileOperation.class).kind());
    service.update(clientEndpoint(), with(WHOLE, TestStatus.FINISHED, ""));
    assertEquals("finished nightly", throwing.next());
  }

  @Test
  void resultsAreStoredBeforeTheEndIsTold() throws Exception {
    startAndHear();
    node.put(clientEndpoint(), WHOLE, "results.zip", "the results");
    node.put(clientEndpoint(), PART_1, "results_1.zip", "of a part");
    service.update(clientEndpoint(), with(WHOLE, TestStatus.FINISHED, ""));

    assertEquals("createFile results.zip", listener.next());
    assertEquals("createFile results_1.zip", listener.next());
    assertEquals("finished nightly", listener.next());
    assertEquals("the results", Files.readString(workspace.resolve("results.zip")));
    assertEquals("of a part", Files.readString(workspace.resolve("results_1.zip")));
  }

  @Test
  void severalResultsArriveByTheirBaseNamesAndNoArtifactIsOverwritten() throws Exception {
    var test = test();
    test.setResultsFilename("logs/run.log|*.xml|*.img|>output.txt");
    start(test);
    service.hearFirst(TestOperation.Kind.START);

    for (String name : List.of("run.log", "run_1.log", "report_1.xml", "output_1.txt")) {
      node.put(clientEndpoint(), PART_1, name, "of " + name);
      assertEquals("createFile " + name, listener.next());
      assertEquals("of " + name, Files.readString(workspace.resolve(name)));
    }
    for (String name : List.of("image.img", "report.html", "output_2.txt")) {
      assertThrows(
          CompletionException.class, () -> node.put(clientEndpoint(), PART_1, name, "bad"));
    }
  }

  @Test
  void resultsGoToTheListenersStreamFirst() throws Exception {
    var stream = new CompletableFuture<String>();
    client.startTest(
        test(),
        service.endpoint().host(),
        service.endpoint().port(),
        new RecordingListener() {
          @Override
          public OutputStream createFile(String directoryPath, String fileName) {
            return new ByteArrayOutputStream() {
              @Override
              public void close() {
                stream.complete(toString(StandardCharsets.UTF_8));
              }
            };
          }
        });
    service.hearFirst(TestOperation.Kind.START);
    node.put(clientEndpoint(), WHOLE, "results.zip", "the results");

    assertEquals("the results", stream.get(60, TimeUnit.SECONDS));
    assertFalse(Files.exists(workspace.resolve("results.zip")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../results.zip", "other.zip", "execute.py", "results_2.zip", "/tmp/x"})
  void fileThatIsNotTheResultsIsRefused(String name) throws Exception {
    startAndHear();

    assertThrows(CompletionException.class, () -> node.put(clientEndpoint(), PART_1, name, "bad"));
    assertEquals(0, count(workspace));
  }

  @Test
  void finishedTestWhoseResultsCannotBeStoredHasFailed() throws Exception {
    var test = test();
    test.setWorkspacePath(workspace.resolve("not-there").toString());
    start(test);
    service.hearFirst(TestOperation.Kind.START);
    assertThrows(
        CompletionException.class,
        () -> node.put(clientEndpoint(), WHOLE, "results.zip", "the results"));
    service.update(clientEndpoint(), with(WHOLE, TestStatus.FINISHED, ""));

    assertEquals("createFile results.zip", listener.next());
    assertTrue(listener.next().startsWith("failed nightly: results.zip did not arrive: "));
  }

  @Test
  void messagesComeInOrderAndWithoutAFinalLineFeed() throws Exception {
    startAndHear();
    for (int line = 0; line < 20; line++) {
      node.say(clientEndpoint(), PART_1, "line " + line + "\n");
    }
    for (int line = 0; line < 20; line++) {
      assertEquals("message nightly_1: line " + line, listener.next());
    }
  }

  @Test
  void slowListenerDelaysNoOtherTest() throws Exception {
    var release = new CountDownLatch(1);
    var slow =
        new RecordingListener() {
          @Override
          public void testStarted(com.nokia.ci.tas.commons.Test test) {
            try {
              release.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
        };
    client.startTest(test("slow"), service.endpoint().host(), service.endpoint().port(), slow);
    service.hearFirst(TestOperation.Kind.START);
    service.update(
        clientEndpoint(), TestDescription.named(RuntimeId.of("slow")).with(TestStatus.STARTED, ""));
    start(test());
    service.hearNext(TestOperation.Kind.START);
    service.update(clientEndpoint(), with(WHOLE, TestStatus.FINISHED, ""));

    assertEquals("finished nightly", listener.next());
    release.countDown();
  }

  @Test
  void oneListenerIsNeverCalledByTwoThreadsAtOnce() throws Exception {
    var inside = new AtomicInteger();
    var most = new AtomicInteger();
    var ended = new CountDownLatch(10);
    var counting =
        new RecordingListener() {
          @Override
          public void testFailed(com.nokia.ci.tas.commons.Test test, String reason) {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            inside.decrementAndGet();
            ended.countDown();
          }
        };
    for (int i = 0; i < 10; i++) {
      client.startTest(test("bad?" + i), "localhost", 1, counting);
    }

    assertTrue(ended.await(60, TimeUnit.SECONDS));
    assertEquals(1, most.get());
  }

  @Test
  void productsAreHandedOverInsideTheLastCallAndBeforeTheServiceIsLeft() throws Exception {
    var test = test();
    test.setProductReleasingMode(ProductReleasingMode.MANUALLY_RELEASE_RESERVED_PRODUCTS);
    client.startTest(
        test,
        service.endpoint().host(),
        service.endpoint().port(),
        new RecordingListener() {
          @Override
          public void testFinished(com.nokia.ci.tas.commons.Test finished) {
            client.freeProducts(finished.getReservedProducts());
          }
        });
    service.hearFirst(TestOperation.Kind.START);
    TestDescription finished = with(WHOLE, TestStatus.FINISHED, "");
    service.update(
        clientEndpoint(),
        finished.with(finished.progress().reserving(List.of(reserved("1"), reserved("2")))));

    ProductOperation first = service.hear(ProductOperation.class);
    ProductOperation second = service.hear(ProductOperation.class);
    assertEquals(clientEndpoint(), first.sender());
    assertEquals(ProductStatus.FREE, first.product().status());
    assertEquals("", first.product().statusDetails());
    assertEquals(3, Integer.parseInt(first.product().id().imei()) + imei(second));
    assertEquals(RegistryOperation.Kind.DEREGISTER, service.hear(RegistryOperation.class).kind());
  }

  @Test
  void productsAreHandedOverAfterTheClientWasClosed() throws Exception {
    client.close();
    Product product = Published.product(reserved("1"));
    client.freeProducts(List.of(product));

    assertEquals(1, imei(service.hear(ProductOperation.class)));
    assertTrue(product.isFree());
    assertEquals("", product.getStatusDetails());
  }

  @Test
  void productThatCannotBeGivenBackIsPrinted() {
    client.freeProducts(List.of(new Product("RM-763", "1")));

    assertTrue(
        printed
            .toString(StandardCharsets.UTF_8)
            .contains("product 1 is not released: it does not say which service it is of"));
  }

  @Test
  void nextTestStartsAfterTheLastOneEnded() throws Exception {
    startAndHear();
    service.update(clientEndpoint(), with(WHOLE, TestStatus.FINISHED, ""));
    assertEquals("finished nightly", listener.next());
    service.hear(RegistryOperation.class);

    start(test("again"));
    assertEquals("again", service.hearFirst(TestOperation.Kind.START).test().id().text());
  }

  @Test
  void closingFailsWhatIsRunningAndLeavesTheService() throws Exception {
    startAndHear();
    client.close();

    assertEquals("failed nightly: the client was closed before the test ended", listener.next());
    assertEquals(RegistryOperation.Kind.DEREGISTER, service.hear(RegistryOperation.class).kind());
    assertFalse(client.isInitialized());
    client.join(20_000);
    assertFalse(client.isAlive());
    start(test("late"));
    assertEquals("failed late: this client is closed; use a new one", listener.next());
  }

  @Test
  void serviceThatIsNotThereFailsTheTestAtOnce() throws Exception {
    Endpoint gone = service.endpoint();
    service.close();
    client.startTest(test(), gone.host(), gone.port(), listener);

    assertTrue(listener.next().startsWith("failed nightly: the service " + gone + " is lost: "));
  }

  @Test
  void strangeMessagesHaveNoEffect() throws Exception {
    startAndHear();
    node.tell(
        clientEndpoint(),
        new ProductOperation(
            node.endpoint(),
            clientEndpoint(),
            ProductOperation.Kind.REMOVE,
            java.util.Optional.empty(),
            reserved("1")));
    node.tell(
        clientEndpoint(),
        new RegistryOperation(
            node.endpoint(),
            clientEndpoint(),
            RegistryOperation.Kind.REGISTER,
            RegistryOperation.Remote.CLIENT,
            java.util.Optional.empty()));
    node.file(clientEndpoint(), FileOperation.Kind.ABORT, WHOLE, "image.img");
    service.update(clientEndpoint(), TestDescription.named(RuntimeId.of("unknown")));
    service.update(clientEndpoint(), with(WHOLE, TestStatus.FINISHED, ""));

    assertEquals("finished nightly", listener.next());
  }

  private com.nokia.ci.tas.commons.Test test() {
    return test(ID);
  }

  private com.nokia.ci.tas.commons.Test test(String id) {
    var test = new com.nokia.ci.tas.commons.Test(id);
    test.setWorkspacePath(workspace.toString());
    test.setExecutorApplication("python3");
    test.setExecutorScript("execute.py");
    test.addArtifact("image.img");
    test.setResultsFilename("results.zip");
    test.setRequiredEnvironment("(rm-code:RM-763;)");
    return test;
  }

  private void start(com.nokia.ci.tas.commons.Test test) {
    client.startTest(test, service.endpoint().host(), service.endpoint().port(), listener);
  }

  private void startAndHear() throws InterruptedException {
    start(test());
    service.hearFirst(TestOperation.Kind.START);
  }

  /** The start after the service was left, or not yet. */
  private TestOperation nextStart() throws InterruptedException {
    assertEquals(RegistryOperation.Kind.DEREGISTER, service.hear(RegistryOperation.class).kind());
    return service.hearFirst(TestOperation.Kind.START);
  }

  private Endpoint clientEndpoint() {
    return new Endpoint(client.getHostname(), client.getPort());
  }

  private TestDescription with(RuntimeId id, TestStatus status, String details) {
    return Published.description(test()).with(id).with(status, details);
  }

  private ProductDescription reserved(String imei) {
    return ProductDescription.of(
        Map.of(
            "imei",
            imei,
            "status",
            "busy",
            "status-details",
            ID,
            "reservation-time",
            "17",
            "tas-hostname",
            service.endpoint().host(),
            "tas-port",
            Integer.toString(service.endpoint().port())));
  }

  private static int imei(ProductOperation operation) {
    return Integer.parseInt(operation.product().id().imei());
  }

  private static long count(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.count();
    }
  }
}
