package com.nokia.ci.tas.service.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.NodeFacts;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.Rights;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDemand;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.commons.model.TestOrigin;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.commons.model.UserId;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.service.access.PasswordHash;
import com.nokia.ci.tas.service.access.User;
import com.nokia.ci.tas.service.access.door.FarmAccess;
import com.nokia.ci.tas.service.audit.AuditLog;
import com.nokia.ci.tas.service.edge.Demands;
import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.farm.Farm;
import com.nokia.ci.tas.service.farm.FarmSettings;
import com.nokia.ci.tas.service.farm.FarmSnapshot;
import com.nokia.ci.tas.service.farm.PersonsOrder;
import com.nokia.ci.tas.service.http.view.ServiceCard;
import com.nokia.ci.tas.service.measure.Histogram;
import com.nokia.ci.tas.service.settings.Configuration;
import com.nokia.ci.tas.service.store.History;
import com.nokia.ci.tas.service.webhook.WebhookCounts;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people say of products and nodes, from the request to the farm and back. */
class CareDeskTest {
  private static final Instant T0 = SampleFarm.T0;
  private static final NodeId NODE = SampleFarm.NODE_1;
  private static final String IMEI = "004402136230483";
  private static final String PRODUCT = "/api/v1/products/" + IMEI;
  private static final String AT_NODE = "/api/v1/nodes/" + NODE;
  private static final Peer ELSEWHERE =
      new Peer(new InetSocketAddress("192.0.2.7", 40_000), Asked.SERVICE);
  private static final String PASSWORD = "four words of mine";
  private static final String ASKED = "(rm-code:rm-9;role:main;status:free;)";
  private static final String TESTS = "/api/v1/tests";
  private static final PasswordHash HASH =
      new PasswordHash(
          "$argon2id$v=19$m=64,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$B6/SvCX+9pyNrG3JQJQaIXlrR6JvG7d4tdgeMe4qbwc");

  @TempDir Path directory;
  private final Farm farm = new Farm(FarmSettings.defaults(SampleFarm.SERVICE));
  private FarmAccess access;
  private AuditLog audit;
  private People people;
  private Answering site;

  @BeforeEach
  void open() {
    farm.apply(new Event.NodeRegistered(T0, new NodeDescription(NODE.endpoint(), "rack 4", "1")));
    farm.apply(
        new Event.ProductReported(
            T0,
            NODE.endpoint(),
            Event.Report.PLUGGED,
            ProductDescription.of(Map.of("imei", IMEI, "rm-code", "RM-763"))));
    access = FarmAccess.open(store(), new FarmAccess.Rules(Peer::isLocal, peer -> false), () -> T0);
    audit = AuditLog.open(directory.resolve("logs"), () -> Duration.ofDays(1), () -> T0);
    people = People.of(access, audit, Peer::isLocal, 31_415);
    var card = new ServiceCard(SampleFarm.SERVICE, "", "0.1.0", T0);
    site =
        Site.guarded(
            new Site(new Source(), card, new EndedCounts(), () -> T0), people, new Orders());
  }

  @AfterEach
  void close() {
    people.close();
    audit.close();
    access.close();
  }

  @Test
  void aDisabledProductSaysWhoDisabledItWhySinceAndUntilWhen() throws Exception {
    long until = T0.plusSeconds(60).toEpochMilli();

    Answer answer =
        operate(PRODUCT + "/disable", "{\"reason\": \"glass broken\", \"until\": " + until + "}");

    assertEquals(202, answer.status(), answer.body());
    var product = get(PRODUCT);
    assertEquals("disabled", product.path("status").asText());
    assertEquals(
        "disabled by "
            + operator()
            + " since 2026-11-20T10:00:00Z until 2026-11-20T10:01:00Z: glass broken",
        product.path("statusDetails").asText());
    var health = product.path("health");
    assertEquals("disabled", health.path("state").asText());
    assertEquals(T0.toEpochMilli(), health.path("since").asLong());
    var order = health.path("order");
    assertEquals("disable", order.path("kind").asText());
    assertEquals(operator(), order.path("who").asText());
    assertEquals("glass broken", order.path("why").asText());
    assertEquals(until, order.path("until").asLong());
  }

  @Test
  void anEnabledProductIsFreeAgainAndKeepsItsNote() throws Exception {
    operate(PRODUCT + "/disable", "{\"reason\": \"glass broken\"}");
    operate(PRODUCT + "/note", "{\"reason\": \"new glass since May\"}");

    assertEquals(202, operate(PRODUCT + "/enable", "{}").status());

    var product = get(PRODUCT);
    assertEquals("free", product.path("status").asText());
    assertEquals("good", product.path("health").path("state").asText());
    var note = product.path("health").path("note");
    assertEquals("new glass since May", note.path("text").asText());
    assertEquals(operator(), note.path("who").asText());

    operate(PRODUCT + "/note", "{\"reason\": \"\"}");
    assertTrue(get(PRODUCT).path("health").path("note").isMissingNode());
  }

  @Test
  void aNodeIsDrainedAndDisabledAndItsProductsSayWhy() throws Exception {
    assertEquals(202, operate(AT_NODE + "/drain", "{\"reason\": \"new disk\"}").status());
    assertEquals("drained", get(AT_NODE).path("health").path("state").asText());
    String why = "drained by " + operator() + " since 2026-11-20T10:00:00Z: new disk";
    assertEquals(why, get(AT_NODE).path("remark").asText());
    assertEquals("disabled", get(PRODUCT).path("status").asText());
    assertEquals("its node is " + why, get(PRODUCT).path("statusDetails").asText());

    assertEquals(202, operate(AT_NODE + "/disable", "{\"reason\": \"sold\"}").status());
    assertEquals("disabled", get(AT_NODE).path("health").path("state").asText());

    operate(AT_NODE + "/enable", "{}");
    assertEquals("", get(AT_NODE).path("remark").asText());
    assertEquals("free", get(PRODUCT).path("status").asText());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"reason\": \"  \"}",
        "{\"reason\": 7}",
        "[]",
        "{\"reason\"",
        "{\"reason\": \"x\", \"until\": \"tomorrow\"}",
        "{\"reason\": \"x\", \"until\": 1}"
      })
  void whatMakesNoSenseIsRefusedWithASentence(String body) throws Exception {
    Answer answer = operate(PRODUCT + "/disable", body);

    assertEquals(400, answer.status());
    String sentence = new ObjectMapper().readTree(answer.body()).path("error").asText();
    assertTrue(sentence.length() > 10, answer.body());
    assertEquals("free", get(PRODUCT).path("status").asText());
  }

  @Test
  void aProductIsTakenInHandKeptForLongerAndGivenBack() throws Exception {
    long until = T0.plusSeconds(60).toEpochMilli();
    long longer = T0.plusSeconds(120).toEpochMilli();
    assertEquals(400, operate(PRODUCT + "/take", "{\"reason\": \"a look\"}").status());
    assertEquals(409, operate(PRODUCT + "/give-back", "{}").status());

    String body = "{\"reason\": \"a look\", \"until\": " + until + "}";
    assertEquals(202, operate(PRODUCT + "/take", body).status());
    var taken = get(PRODUCT).path("health").path("taken");
    assertEquals(operator(), taken.path("who").asText());
    assertEquals("a look", taken.path("why").asText());
    assertEquals(until, taken.path("until").asLong());
    assertEquals(202, operate(PRODUCT + "/extend", "{\"until\": " + longer + "}").status());
    assertEquals(longer, get(PRODUCT).path("health").path("taken").path("until").asLong());

    assertEquals(202, operate(PRODUCT + "/give-back", "{}").status());
    assertEquals("free", get(PRODUCT).path("status").asText());
    assertEquals(404, operate(AT_NODE + "/take", body).status(), "nodes are not taken");
  }

  @Test
  void whatIsNotThereIsNotDisabled() throws Exception {
    String body = "{\"reason\": \"x\"}";

    assertEquals(404, operate("/api/v1/products/1/disable", body).status());
    assertEquals(404, operate("/api/v1/nodes/node9.example:1/drain", body).status());
    assertEquals(404, operate("/api/v1/nodes/nonsense/drain", body).status());
    assertEquals(405, new Browser(site).get(PRODUCT + "/disable").status());
  }

  @Test
  void itTakesTheRoleOperateAndIsWrittenDown() throws Exception {
    know("bert", AccessRole.OPERATE);
    know("carl", AccessRole.SUBMIT);
    var why = Map.of("reason", "glass broken");
    var bert = new Browser(site);
    var carl = new Browser(site);
    bert.logIn("bert", PASSWORD);
    carl.logIn("carl", PASSWORD);

    assertEquals(401, new Browser(site).post(PRODUCT + "/disable", why).status());
    assertEquals(403, carl.submit("/account", PRODUCT + "/disable", why).status());
    assertEquals(403, bert.post(PRODUCT + "/disable", why).status(), "no token of our own form");
    assertEquals("free", get(PRODUCT).path("status").asText());
    assertEquals(202, bert.submit("/account", PRODUCT + "/disable", why).status());

    assertEquals("bert", get(PRODUCT).path("health").path("order").path("who").asText());
    String written = written();
    assertTrue(
        written.contains(
            "\"who\":\"bert\",\"from\":\"127.0.0.1\",\"what\":\"disable product\",\"on\":\""
                + IMEI
                + ": glass broken\",\"outcome\":\"done\""),
        written);
    assertTrue(written.contains("\"outcome\":\"refused: it takes more rights\""), written);
  }

  @Test
  void theTokenInTheStoreIsForItsOwnerAloneAndForThisMachineAlone() throws Exception {
    Path file = store().resolve("operator");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    String token = token();
    var fromElsewhere =
        Asked.from(
            post(PRODUCT + "/disable", "{\"reason\": \"x\"}", token),
            ELSEWHERE.secured(java.util.Optional.empty()));

    assertEquals(401, Asked.answer(site, fromElsewhere).status());
    var guessed = post(PRODUCT + "/disable", "{\"reason\": \"x\"}", token + "x");
    assertEquals(401, Asked.answer(site, guessed).status());
    assertEquals("free", get(PRODUCT).path("status").asText());

    access.close();
    assertFalse(Files.exists(file), "good as long as the service runs");
  }

  // ---- tests

  @Test
  void aWaitingTestGetsAnotherPriorityWhichIsWrittenDown() throws Exception {
    waits("t", List.of("run.sh"));

    assertEquals(400, operate(TESTS + "/t/priority", "{}").status());
    assertEquals(400, operate(TESTS + "/t/priority", "{\"priority\": 1001}").status());
    assertEquals(400, operate(TESTS + "/t/priority", "[1]").status());
    assertEquals(404, operate(TESTS + "/x/priority", "{\"priority\": 1}").status());
    assertEquals(202, operate(TESTS + "/t/priority", "{\"priority\": 7}").status());

    assertEquals(7, get(TESTS + "/t").path("priority").asInt());
    assertTrue(written().contains("\"what\":\"priority of test\",\"on\":\"t: 7\""));
  }

  @Test
  void aTestThatNeedsNoFilesIsRunAgainUnderAnotherIdWithChanges() throws Exception {
    waits("t", List.of());
    assertEquals(409, operate(TESTS + "/t/run-again", "{}").status(), "it has not ended");
    farm.apply(new Event.StopOrdered(T0, new TestId("t"), "bert", ""));

    var first = new ObjectMapper().readTree(operate(TESTS + "/t/run-again", "").body());
    assertEquals("t-again", first.path("id").asText());
    var again = get(TESTS + "/t-again");
    assertEquals("waiting", again.path("state").asText());
    assertEquals(ASKED, again.path("requiredProductsExpression").asText());
    var second =
        new ObjectMapper()
            .readTree(
                operate(
                        TESTS + "/t/run-again",
                        "{\"only\": \"failed\", \"priority\": 5, \"timeout\": 600000,"
                            + " \"requiredProductsExpression\": \"(rm-code:RM-8;)\"}")
                    .body());
    assertEquals("t-again2", second.path("id").asText());
    assertEquals(5, get(TESTS + "/t-again2").path("priority").asInt());
    assertEquals(600_000, get(TESTS + "/t-again2").path("timeout").asInt());
    assertEquals(
        "(rm-code:rm-8;role:main;status:free;)",
        get(TESTS + "/t-again2").path("requiredProductsExpression").asText());
    assertEquals(409, operate(TESTS + "/t/run-again", "{\"id\": \"t-again\"}").status());
    assertEquals(400, operate(TESTS + "/t/run-again", "{\"id\": \"../x\"}").status());
    assertEquals(400, operate(TESTS + "/t/run-again", "{\"only\": \"some\"}").status());
  }

  @Test
  void aTestWithFilesIsNotRunAgainAndTheProblemSaysWhatToType() throws Exception {
    waits("t", List.of("run.sh", "it's data.zip"));
    farm.apply(new Event.StopOrdered(T0, new TestId("t"), "bert", ""));

    Answer answer = operate(TESTS + "/t/run-again", "{\"only\": \"all\"}");

    assertEquals(409, answer.status());
    var problem = new ObjectMapper().readTree(answer.body());
    assertTrue(problem.path("detail").asText().contains("it needs 2 files"), answer.body());
    assertEquals(
        "./tas start --service farm.example:31415 --id t-again --workspace '/home/it'\\''s'"
            + " --executor-application sh --executor-script run.sh --artifact"
            + " 'it'\\''s data.zip' --results r.zip --target flash --require '"
            + ASKED
            + "'"
            + " --timeout 900000",
        problem.path("command").asText());
  }

  @Test
  void theAttemptsOfATestAreListed() throws Exception {
    waits("t", List.of());
    assertEquals("[]", get(TESTS + "/t/attempts").path("attempts").toString());
    assertEquals(404, get(TESTS + "/x/attempts").path("status").asInt());
    farm.apply(
        new Event.ProductReported(
            T0,
            NODE.endpoint(),
            Event.Report.PLUGGED,
            ProductDescription.of(Map.of("imei", "350000000000009", "rm-code", "RM-9"))));

    var attempt = get(TESTS + "/t/attempts").path("attempts").path(0);

    assertEquals(1, attempt.path("attempt").asInt());
    assertEquals("preparing", attempt.path("end").asText());
    assertEquals(NODE.toString(), attempt.path("node").asText());
    assertEquals("[\"350000000000009\"]", attempt.path("products").toString());
  }

  private void waits(String id, List<String> files) {
    var execution =
        new TestExecution(
            "sh", files.isEmpty() ? "" : files.get(0), files, Map.of(), List.of(), "r.zip");
    var test =
        TestDescription.named(RuntimeId.of(id))
            .with(new TestOrigin("/home/it's", ""))
            .with(execution)
            .with(TestDemand.NOTHING.asking("(rm-code:RM-9;)"))
            .with(TestProgress.NONE.within(Duration.ofMinutes(15)));
    farm.apply(
        new Event.TestSubmitted(
            T0, new ClientId(new Endpoint("ci.example", 1)), test, Demands.of(test)));
  }

  // ---- the stage

  private Path store() {
    return directory.resolve("store");
  }

  private String token() throws Exception {
    return Files.readString(store().resolve("operator")).strip();
  }

  private static String operator() {
    return System.getProperty("user.name") + " at the service";
  }

  /** As a person does who can read the files of the service. */
  private Answer operate(String target, String body) throws Exception {
    return Asked.answer(site, post(target, body, token()));
  }

  private static Request post(String target, String body, String token) {
    var empty = Asked.with("POST", target);
    var request =
        new Request(
            empty.method(), empty.target(), empty.headers(), body, empty.peer(), empty.visitor());
    return Asked.with(
        Asked.with(request, "content-type", "application/json"),
        "authorization",
        "Bearer " + token);
  }

  private JsonNode get(String target) throws Exception {
    return new ObjectMapper().readTree(Asked.answer(site, Asked.get(target)).body());
  }

  private void know(String name, AccessRole role) {
    access
        .book()
        .change(book -> book.with(new User(new UserId(name), HASH, Rights.onFarm(role), T0, T0)));
  }

  private String written() throws Exception {
    audit.close();
    var text = new StringBuilder();
    try (var files = Files.list(directory.resolve("logs"))) {
      for (Path file : files.toList()) {
        text.append(Files.readString(file));
      }
    }
    return text.toString();
  }

  private final class Orders implements FarmOrders {
    @Override
    public void stop(TestId test, String who, String why) {
      farm.apply(new Event.StopOrdered(T0, test, who, why));
    }

    @Override
    public void prioritise(TestId test, String who, int priority) {
      farm.apply(new Event.PriorityOrdered(T0, test, who, priority));
    }

    @Override
    public void runAgain(TestDescription test, ClientId issuer, String who) {
      farm.apply(new Event.RunAgainOrdered(T0, test, Demands.of(test), issuer, who));
    }

    @Override
    public void release(ProductId product, String who, String why) {
      farm.apply(new Event.ReleaseOrdered(T0, product, who, why));
    }

    @Override
    public void order(ProductId product, PersonsOrder order) {
      farm.apply(new Event.ProductOrdered(T0, product, order));
    }

    @Override
    public void order(NodeId node, PersonsOrder order) {
      farm.apply(new Event.NodeOrdered(T0, node, order));
    }
  }

  private final class Source implements FarmSource {
    @Override
    public History history() {
      return new FakeHistory(farm().ended());
    }

    @Override
    public NodeFacts facts(NodeId node) {
      return NodeFacts.NONE;
    }

    @Override
    public EstimateCounts estimates() {
      return EstimateCounts.NONE;
    }

    @Override
    public Timings timings() {
      return new Timings(Histogram.ofMoments(), Histogram.ofMoments());
    }

    @Override
    public RunFiles files() {
      return (node, run, name, from, sink, refused) -> refused.accept("no node");
    }

    @Override
    public WebhookCounts webhooks() {
      return WebhookCounts.NONE;
    }

    @Override
    public LineCounts lines() {
      return LineCounts.NONE;
    }

    @Override
    public FarmSnapshot farm() {
      return farm.snapshot();
    }

    @Override
    public Configuration configuration() {
      return Configuration.DEFAULTS;
    }

    @Override
    public List<String> complaints() {
      return List.of();
    }

    @Override
    public boolean isAlive() {
      return true;
    }
  }
}
