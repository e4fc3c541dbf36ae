package com.nokia.ci.tas.communicator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.Closing;
import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.commons.transport.DigestBook;
import com.nokia.ci.tas.commons.transport.SessionLimits;
import com.nokia.ci.tas.communicator.edge.SessionTerms;
import com.nokia.ci.tas.communicator.execution.KeepRule;
import com.nokia.ci.tas.communicator.execution.ProductArgument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a node fetches once and what it fetches again, between a service and clients. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
final class ArtifactSharingTest {
  private static final int LARGE = 3 << 20;

  /** Large enough to be linked into workspaces. */
  private static final int VERY_LARGE = 17 << 20;

  private static final TestId NIGHTLY = new TestId("nightly");

  /** Its files come over the session of the service. */
  private static final Endpoint BEHIND_NAT = new Endpoint("192.0.2.1", 9);

  @TempDir Path directory;
  private final Station service = new Station(Duration.ofMinutes(10));
  private final Station plainClient = new Station();
  private CutWire wire;
  private CommunicatorProgram program;

  @BeforeEach
  void start() throws Exception {
    wire = new CutWire(service.endpoint().port());
    program = CommunicatorProgram.start(settings());
    service.await(RegistryOperation.class);
  }

  @AfterEach
  void close() {
    Closing.all(program, service, plainClient, wire);
  }

  @Test
  void subTestsOfAPlainClientShareOneTransfer() throws Exception {
    plainClient.artifacts.put(
        "run.sh", "cat a.img; echo; while [ ! -e " + directory.resolve("go") + " ]; do :; done");
    plainClient.artifacts.put("a.img", "image");
    var execution = execution("run.sh", List.of("a.img"));

    order(plainClient.endpoint(), "_1", 1, execution);
    plainClient.awaitLine("image"::equals);
    order(plainClient.endpoint(), "_2", 1, execution);
    plainClient.awaitLine("image"::equals);
    Files.createFile(directory.resolve("go"));

    service.awaitReport(TestStatus.FINISHED);
    service.awaitReport(TestStatus.FINISHED);
    order(plainClient.endpoint(), "_3", 1, execution("end", List.of()));
    assertEquals(List.of("run.sh", "a.img", "end"), gets(plainClient, "end"));
  }

  @Test
  void aSubTestWhoseSiblingIsStoppedAsksForItself() throws Exception {
    var execution = execution("run.sh", List.of());
    order(plainClient.endpoint(), "_1", 1, execution);
    assertEquals("_1", plainClient.await(FileOperation.class).test().id().subId());
    order(plainClient.endpoint(), "_2", 1, execution);
    plainClient.artifacts.put("run.sh", "echo it is me");

    service.say(program.endpoint(), operation(TestOperation.Kind.STOP, test("_1", 1)));

    assertEquals("_2", plainClient.await(FileOperation.class).test().id().subId());
    plainClient.awaitLine("it is me"::equals);
  }

  @Test
  void theNextTestOfTheSameNameGetsItsOwnFiles() throws Exception {
    plainClient.artifacts.put("run.sh", "echo old");
    order(plainClient.endpoint(), "_1", 1, execution("run.sh", List.of()));
    plainClient.awaitLine("old"::equals);
    service.awaitReport(TestStatus.FINISHED);
    plainClient.artifacts.put("run.sh", "echo new");

    order(plainClient.endpoint(), "_1", 2, execution("run.sh", List.of()));

    plainClient.awaitLine("new"::equals);
  }

  @Test
  void aLargeFileThatIsHereIsNotSentAgain() throws Exception {
    service.files.put("a.img", file("a.img", LARGE));
    runToItsEnd(1);
    long before = wire.passed();
    assertTrue(before > LARGE);

    runToItsEnd(2);

    assertTrue(wire.passed() - before < LARGE / 2, (wire.passed() - before) + " bytes");
  }

  @Test
  void theServiceHearsAtOnceWhatTheNodeHas() throws Exception {
    Path image = file("a.img", LARGE);
    service.files.put("a.img", image);

    order(BEHIND_NAT, "_1", 1, command("test -s a.img", List.of("a.img")));

    var held = List.of(DigestBook.digest(image));
    service.await(
        it -> it instanceof RegistryOperation told && told.node().get().holds().equals(held));
  }

  @Test
  void itIsNotSentAgainToTheNextLifeOfTheNode() throws Exception {
    service.files.put("a.img", file("a.img", LARGE));
    runToItsEnd(1);
    program.close();
    program = CommunicatorProgram.start(settings());
    service.await(it -> it instanceof RegistryOperation again && again.runs().isPresent());
    long before = wire.passed();

    runToItsEnd(2);

    assertTrue(wire.passed() - before < LARGE / 2, (wire.passed() - before) + " bytes");
  }

  @Test
  void aLargeFileUnderTwoNamesIsSentOnce() throws Exception {
    Path file = file("a.img", LARGE);
    service.files.put("a.img", file);
    service.files.put("b.img", file);
    service.digests.of(file);

    order(BEHIND_NAT, "_1", 1, command("cmp a.img b.img", List.of("a.img", "b.img")));

    service.awaitReport(TestStatus.FINISHED);
    assertTrue(wire.passed() < LARGE * 3 / 2, wire.passed() + " bytes");
  }

  @Test
  void aFlippedBitInTheCacheIsFoundAndTheFileFetchedAgain() throws Exception {
    Path file = file("a.img", LARGE);
    service.files.put("a.img", file);
    runToItsEnd(1);
    Path cached = directory.resolve("cache").resolve(DigestBook.digest(file).text());
    var bytes = Files.readAllBytes(cached);
    bytes[LARGE / 2] ^= 1;
    Files.write(cached, bytes);

    order(BEHIND_NAT, "_1", 2, command("cmp a.img " + file, List.of("a.img")));

    assertEquals("", service.awaitReport(TestStatus.FINISHED).progress().details());
  }

  @Test
  void manySmallFilesComeWholeAndShareAFileOfTheCache() throws Exception {
    var names = new ArrayList<String>();
    for (int i = 0; i < 300; i++) {
      names.add("small-" + i + ".bin");
      service.files.put(names.get(i), file(names.get(i), 37 * i));
    }
    String comparing = "for i in small-*; do cmp $i " + directory + "/$i || exit 1; done";
    String counting = "; ls small-* | wc -l | grep -qx 300";

    order(BEHIND_NAT, "_1", 1, command(comparing + counting, names));

    assertEquals("", service.awaitReport(TestStatus.FINISHED).progress().details());
    try (Stream<Path> cached = Files.list(directory.resolve("cache"))) {
      assertEquals(
          List.of("small-1"),
          cached
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.startsWith("."))
              .toList());
    }
  }

  @Test
  void anExecutorThatOverwritesItsArtifactSpoilsNoLaterRun() throws Exception {
    Path file = file("a.img", VERY_LARGE);
    service.files.put("a.img", file);
    String overwriting = "chmod u+w a.img && printf spoilt | dd of=a.img conv=notrunc";
    order(BEHIND_NAT, "_1", 1, command(overwriting, List.of("a.img")));
    assertEquals("", service.awaitReport(TestStatus.FINISHED).progress().details());

    order(BEHIND_NAT, "_1", 2, command("cmp a.img " + file, List.of("a.img")));

    assertEquals("", service.awaitReport(TestStatus.FINISHED).progress().details());
  }

  @Test
  void nothingOfARunStaysInTheCacheButItsFiles() throws Exception {
    service.files.put("a.img", file("a.img", LARGE));
    order(BEHIND_NAT, "_1", 1, command("true", List.of("a.img", "never.img")));
    service.await(it -> it instanceof FileOperation get && get.file().name().equals("never.img"));

    service.say(program.endpoint(), operation(TestOperation.Kind.STOP, test("_1", 1)));
    service.awaitReport(TestStatus.FAILED);
    program.close();

    try (Stream<Path> left = Files.walk(directory.resolve("cache"))) {
      assertEquals(List.of(), left.filter(it -> it.toString().contains("nightly")).toList());
    }
  }

  private void runToItsEnd(int attempt) throws InterruptedException {
    order(BEHIND_NAT, "_1", attempt, command("test -s a.img", List.of("a.img")));
    assertEquals("", service.awaitReport(TestStatus.FINISHED).progress().details());
  }

  /** The names of all files that were asked for, up to this one. */
  private static List<String> gets(Station client, String last) throws InterruptedException {
    var names = new ArrayList<String>();
    while (!names.contains(last)) {
      names.add(client.await(FileOperation.class).file().name());
    }
    return names;
  }

  private Path file(String name, int size) throws IOException {
    var content = new byte[size];
    new Random(size).nextBytes(content);
    Path file = Files.write(directory.resolve(name), content, StandardOpenOption.CREATE_NEW);
    // Of a file that was changed just now no digest is remembered.
    return Files.setLastModifiedTime(file, FileTime.fromMillis(0));
  }

  private void order(Endpoint client, String part, int attempt, TestExecution execution) {
    service.say(
        program.endpoint(),
        new TestOperation(
            client,
            program.endpoint(),
            TestOperation.Kind.START,
            test(part, attempt, client.equals(BEHIND_NAT) ? "relayed" : "").with(execution)));
  }

  private TestOperation operation(TestOperation.Kind kind, TestDescription test) {
    return new TestOperation(service.endpoint(), program.endpoint(), kind, test);
  }

  private static TestDescription test(String part, int attempt) {
    return test(part, attempt, "");
  }

  /** Each part has a product of its own. */
  private static TestDescription test(String part, int attempt, String route) {
    var product = ProductDescription.of(Map.of("imei", "00440213623048" + part.substring(1)));
    return TestDescription.named(new RuntimeId(NIGHTLY, part))
        .with(TestProgress.NONE.attempt(attempt).by(route).reserving(List.of(product)));
  }

  private static TestExecution command(String command, List<String> artifacts) {
    return new TestExecution("sh -c \"" + command + "\"", "", artifacts, Map.of(), List.of(), "");
  }

  private static TestExecution execution(String script, List<String> artifacts) {
    return new TestExecution("sh", script, artifacts, Map.of(), List.of(), "");
  }

  private CommunicatorSettings settings() {
    return new CommunicatorSettings(
        wire.endpoint(),
        Optional.of(
            new SessionTerms(
                Optional.empty(),
                SessionLimits.DEFAULT.withAnswer(Duration.ofSeconds(60)),
                Duration.ofMinutes(1),
                Duration.ofSeconds(3))),
        new CommunicatorSettings.Own(Optional.of("127.0.0.1"), 0, "bench 3"),
        new Endpoint("127.0.0.1", 1),
        directory,
        new CommunicatorSettings.Runs(KeepRule.NONE, Duration.ofDays(7), ProductArgument.FILE),
        CommunicatorLimits.defaults());
  }
}
