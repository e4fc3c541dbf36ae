package com.nokia.ci.tas.service.http;

import static com.nokia.ci.tas.service.http.SampleFarm.CLIENT;
import static com.nokia.ci.tas.service.http.SampleFarm.NODE_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.NodeFacts;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.ProjectId;
import com.nokia.ci.tas.commons.model.Rights;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.commons.model.TestOrigin;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.commons.model.UserId;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.service.access.PasswordHash;
import com.nokia.ci.tas.service.access.User;
import com.nokia.ci.tas.service.access.door.FarmAccess;
import com.nokia.ci.tas.service.audit.AuditLog;
import com.nokia.ci.tas.service.farm.FarmSnapshot;
import com.nokia.ci.tas.service.farm.FarmSnapshot.Holder;
import com.nokia.ci.tas.service.farm.FarmSnapshot.ProductView;
import com.nokia.ci.tas.service.farm.FarmSnapshot.WaitingTest;
import com.nokia.ci.tas.service.farm.Health;
import com.nokia.ci.tas.service.farm.PersonsOrder;
import com.nokia.ci.tas.service.http.login.BrowserSessions;
import com.nokia.ci.tas.service.http.view.ServiceCard;
import com.nokia.ci.tas.service.measure.Histogram;
import com.nokia.ci.tas.service.settings.Configuration;
import com.nokia.ci.tas.service.settings.Setting;
import com.nokia.ci.tas.service.store.History;
import com.nokia.ci.tas.service.webhook.WebhookCounts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People at the pages of a farm: what they must show, what they may do, what is written down. */
@Timeout(120)
final class PeopleTest {
  private static final String PASSWORD = "four words of mine";
  private static final ProjectId RADIO = new ProjectId("radio");
  private static final UserId ANNA = new UserId("anna");
  private static final UserId BERT = new UserId("bert");
  private static final Peer ELSEWHERE =
      new Peer(new InetSocketAddress("192.0.2.7", 40_000), new InetSocketAddress("192.0.2.1", 1));
  private static final Peer ELSEWHERE_TLS = ELSEWHERE.secured(Optional.empty());

  /** Of {@link #PASSWORD}, cheaper than those that the service makes. */
  private static final PasswordHash HASH =
      new PasswordHash(
          "$argon2id$v=19$m=64,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$B6/SvCX+9pyNrG3JQJQaIXlrR6JvG7d4tdgeMe4qbwc");

  @TempDir Path directory;
  private final List<String> ordered = new ArrayList<>();
  private Instant now = SampleFarm.T0;
  private Configuration configuration = Configuration.DEFAULTS;
  private FarmAccess access;
  private AuditLog audit;
  private People people;
  private Answering site;

  @BeforeEach
  void open() {
    access =
        FarmAccess.open(
            directory.resolve("store"),
            new FarmAccess.Rules(Peer::isLocal, peer -> false),
            () -> now);
    audit = AuditLog.open(directory.resolve("logs"), () -> Duration.ofDays(1), () -> now);
    people = People.of(access, audit, Peer::isLocal, 31_415);
    var card = new ServiceCard(SampleFarm.SERVICE, "", "0.1.0", now);
    var source = new Source();
    site = Site.guarded(new Site(source, card, new EndedCounts(), () -> now), people, new Orders());
    know(ANNA, new Rights(Optional.of(AccessRole.VIEW), Map.of(RADIO, AccessRole.SUBMIT)));
    know(BERT, Rights.onFarm(AccessRole.OPERATE));
  }

  @AfterEach
  void close() {
    people.close();
    audit.close();
    access.close();
  }

  // ---- logging in

  @Test
  void aPersonLogsInAndTheHeaderSaysWhoItIs() throws Exception {
    var browser = new Browser(site);
    assertTrue(browser.get("/").body().contains("href=\"/login\""));

    Answer answer =
        browser.submit(
            "/login", "/login", Map.of("name", "anna", "password", PASSWORD, "next", "/account"));

    assertEquals(303, answer.status());
    assertEquals("/account", answer.headers().get("location"));
    String cookie = answer.headers().get("set-cookie");
    assertTrue(
        cookie.matches("tas-session-31415=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict"), cookie);
    assertTrue(browser.get("/").body().contains("You are <a href=\"/account\">anna</a>"));
    assertTrue(written().contains("\"who\":\"anna\",\"from\":\"127.0.0.1\",\"what\":\"log-in\""));
  }

  @Test
  void overTlsTheCookieIsForTlsAlone() throws Exception {
    var browser = new Browser(site).from(ELSEWHERE_TLS);

    String cookie = browser.logIn("anna", PASSWORD).headers().get("set-cookie");

    assertTrue(cookie.endsWith("; SameSite=Strict; Secure"), cookie);
  }

  @Test
  void wrongNameAndWrongPasswordAreAnsweredAlike() throws Exception {
    Answer wrongPassword = new Browser(site).logIn("anna", "four words of yours");
    Answer wrongName = new Browser(site).logIn("nobody", PASSWORD);

    for (Answer answer : List.of(wrongName, wrongPassword)) {
      assertEquals(401, answer.status());
      assertTrue(answer.body().contains("Name or password is wrong."), answer.body());
    }
    assertFalse(written().contains("nobody"), "what was typed as a name may be a password");
    assertFalse(written().contains(PASSWORD));
  }

  @Test
  void attemptsAreLimitedForEachNameAndEachAddress() throws Exception {
    var browser = new Browser(site);
    for (int i = 0; i < 10; i++) {
      assertEquals(401, browser.logIn("anna", "guess number " + i).status());
    }
    assertEquals(429, browser.logIn("anna", PASSWORD).status(), "the name is full");
    assertEquals(303, new Browser(site).logIn("bert", PASSWORD).status(), "others go on");
    for (int i = 0; i < 8; i++) {
      browser.logIn("bert", "guess number " + i);
    }
    assertEquals(429, browser.logIn("bert", PASSWORD).status(), "the address is full");

    now = now.plus(Duration.ofMinutes(16));
    assertEquals(303, browser.logIn("anna", PASSWORD).status());
  }

  @Test
  void aPasswordIsNotTakenInTheClear() throws Exception {
    var browser = new Browser(site).from(ELSEWHERE);

    assertEquals(403, browser.get("/login").status());
    assertEquals(
        403, browser.post("/login", Map.of("name", "anna", "password", PASSWORD)).status());
  }

  @Test
  void aFormOfAnotherSiteLogsNobodyIn() throws Exception {
    var browser = new Browser(site);
    var fields = Map.of("name", "anna", "password", PASSWORD);

    assertEquals(403, browser.post("/login", fields).status());
    browser.get("/login");
    assertEquals(403, browser.post("/login", fields).status(), "the cookie alone is not enough");
    String token = Browser.formToken(browser.get("/login")).orElseThrow();
    var form =
        Browser.form(
            "/login", Map.of("name", "anna", "password", PASSWORD, Doorkeeper.FORM_TOKEN, token));
    var foreign =
        Asked.with(Asked.with(form, "host", "farm.example:1"), "origin", "http://evil.example");
    assertEquals(403, browser.ask(foreign).status());
    var own =
        Asked.with(Asked.with(form, "host", "farm.example:1"), "origin", "http://farm.example:1");
    assertEquals(303, browser.ask(own).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"//evil.example", "https://evil.example", "/\\evil.example", "/login", "/a\r\nb"})
  void afterLoggingInOneIsNotLedElsewhere(String next) throws Exception {
    Answer answer =
        new Browser(site)
            .submit("/login", "/login", Map.of("name", "anna", "password", PASSWORD, "next", next));

    assertEquals("/", answer.headers().get("location"));
  }

  @Test
  void loggingOutEndsTheSessionEverywhereTheCookieWent() throws Exception {
    var browser = loggedIn("anna");
    var copy = new Browser(site);
    copy.cookies().putAll(browser.cookies());

    browser.submit("/", "/logout", Map.of());

    assertFalse(copy.get("/").body().contains("You are"));
    assertTrue(written().contains("\"log-out\""));
  }

  @Test
  void aSessionEndsAfterSilenceAndAfterADay() throws Exception {
    var silent = loggedIn("anna");
    now = now.plus(BrowserSessions.IDLE_LIMIT);
    assertFalse(isSomebody(silent));

    var busy = loggedIn("anna");
    for (int i = 0; i < 23; i++) {
      now = now.plus(Duration.ofMinutes(30));
      assertTrue(isSomebody(busy), "after " + i);
    }
    now = now.plus(Duration.ofMinutes(30));
    assertFalse(isSomebody(busy));
  }

  @Test
  void whoeverIsRemovedOrHasAnotherPasswordIsLoggedOut() throws Exception {
    var anna = loggedIn("anna");
    var bert = loggedIn("bert");

    now = now.plusSeconds(1);
    access.book().change(book -> book.without(ANNA));
    access.book().change(book -> book.with(book.user(BERT).orElseThrow().with(HASH, now)));

    assertFalse(isSomebody(anna));
    assertFalse(isSomebody(bert));
  }

  @Test
  void aPersonChangesThePassword() throws Exception {
    var browser = loggedIn("anna");
    String next = "five other words of mine";

    assertEquals(400, change(browser, "wrong", next, next).status());
    assertEquals(400, change(browser, PASSWORD, "short", "short").status());
    assertEquals(400, change(browser, PASSWORD, next, next + "x").status());
    now = now.plusSeconds(1);
    assertEquals(303, change(browser, PASSWORD, next, next).status());

    assertFalse(isSomebody(browser), "logged out everywhere");
    assertEquals(401, new Browser(site).logIn("anna", PASSWORD).status());
    assertEquals(303, new Browser(site).logIn("anna", next).status());
    assertFalse(written().contains(next));
  }

  // ---- who may see what

  @Test
  void withoutAnonymousReadingAllButTheDoorIsShut() throws Exception {
    configuration = configuration.with(Setting.ANONYMOUS_ROLE, "none");
    var browser = new Browser(site);

    Answer page = browser.get("/tests/plain_1");
    assertEquals(302, page.status());
    assertEquals("/login?next=%2Ftests%2Fplain_1", page.headers().get("location"));
    for (String address : List.of("/api/v1/tests", "/api/v1/products", "/api/v1/me")) {
      assertEquals(401, browser.get(address).status(), address);
    }
    for (String address : List.of("/products", "/metrics", "/nowhere", "/%6Cogin")) {
      assertEquals(302, browser.get(address).status(), address);
    }
    for (String address : List.of("/login", "/healthz", "/style.css", "/icon.svg")) {
      assertEquals(200, browser.get(address).status(), address);
    }
    assertEquals(200, loggedIn("anna").get("/").status());
  }

  @Test
  void whoMaySeeOneProjectSeesItsTestsAlone() throws Exception {
    configuration = configuration.with(Setting.ANONYMOUS_ROLE, "none");
    know(ANNA, Rights.in(RADIO, AccessRole.VIEW));
    var anna = loggedIn("anna");

    String all = anna.get("/api/v1/tests").body() + anna.get("/").body();
    assertTrue(all.contains("radio_1"), all);
    assertFalse(all.contains("wlan_1"), all);
    assertFalse(all.contains("plain_1"), all);
    assertEquals(200, anna.get("/tests/radio_1").status());
    assertEquals(404, anna.get("/tests/wlan_1").status());
    assertEquals(404, anna.get("/api/v1/tests/wlan_1").status());
  }

  @Test
  void aPersonWhoIsToldNoGetsAPageAndAProgramASentence() throws Exception {
    var browser = new Browser(site);
    for (String address : List.of("/tests/nobody", "/products/1", "/nodes/nowhere:1", "/nowhere")) {
      Answer page = browser.ask(Asked.with(Asked.get(address), "accept", "text/html,*/*"));
      assertEquals(404, page.status(), address);
      assertTrue(page.body().contains("<h1>Not here</h1>"), page.body());
      assertTrue(page.body().contains("There is no such"), page.body());
      assertTrue(page.type().startsWith("text/html"), page.type());
      assertTrue(browser.get(address).type().startsWith("text/plain"), address);
    }
  }

  // ---- stopping and freeing

  @Test
  void nobodyUnknownHasAnythingDone() throws Exception {
    var browser = new Browser(site);
    for (String address :
        List.of(
            "/tests/radio_1/stop",
            "/api/v1/tests/radio_1/stop",
            "/api/v1/products/004402136230483/free",
            "/account/tokens",
            "/logout")) {
      assertEquals(401, browser.post(address, Map.of()).status(), address);
    }
    assertEquals(List.of(), ordered);
  }

  @Test
  void nothingIsDoneWithoutTheTokenOfOurOwnForm() throws Exception {
    var bert = loggedIn("bert");

    assertEquals(403, bert.post("/tests/radio_1/stop", Map.of()).status());
    assertEquals(
        403,
        bert.post("/tests/radio_1/stop", Map.of(Doorkeeper.FORM_TOKEN, "x".repeat(43))).status());
    assertEquals(200, bert.get("/tests/radio_1/stop").status());
    assertEquals(List.of(), ordered);
  }

  @Test
  void onesOwnTestIsStoppedBySubmittingAndThatOfOthersByOperating() throws Exception {
    var anna = loggedIn("anna");

    Answer own = anna.submit("/tests/radio_1", "/tests/radio_1/stop", Map.of("reason", "a typo"));
    Answer others = anna.submit("/account", "/tests/radio_2/stop", Map.of());
    Answer operated = loggedIn("bert").submit("/tests/radio_2", "/tests/radio_2/stop", Map.of());

    assertEquals(303, own.status());
    assertEquals("/tests/radio_1", own.headers().get("location"));
    assertEquals(403, others.status());
    assertEquals(303, operated.status());
    assertEquals(List.of("stop radio_1 by anna: a typo", "stop radio_2 by bert: "), ordered);
    String written = written();
    assertTrue(
        written.contains("\"what\":\"stop test\",\"on\":\"radio_1\",\"outcome\":\"done\""),
        written);
    assertTrue(
        written.contains("\"what\":\"stop test\",\"on\":\"radio_2\",\"outcome\":\"refused"),
        written);
  }

  @Test
  void theButtonIsThereForWhoeverMay() throws Exception {
    var anna = loggedIn("anna");

    assertTrue(anna.get("/tests/radio_1").body().contains("href=\"/tests/radio_1/stop\""));
    assertTrue(anna.get("/tests/radio_1/stop").body().contains("Stop test radio_1?"));
    assertFalse(anna.get("/tests/radio_2").body().contains("/stop\""));
    assertFalse(new Browser(site).get("/tests/radio_1").body().contains("/stop\""));
  }

  @Test
  void whatIsNotThereIsNotStopped() throws Exception {
    var bert = loggedIn("bert");

    assertEquals(404, bert.submit("/account", "/api/v1/tests/never/stop", Map.of()).status());
    assertEquals(List.of(), ordered);
  }

  @Test
  void aProductIsFreedByWhoeverOperatesTheFarm() throws Exception {
    String kept = "/api/v1/products/" + Source.KEPT + "/free";
    String used = "/api/v1/products/" + Source.USED + "/free";
    var bert = loggedIn("bert");

    assertEquals(403, loggedIn("anna").submit("/account", kept, Map.of("reason", "x")).status());
    assertEquals(400, bert.submit("/account", kept, Map.of()).status(), "a reason is needed");
    assertEquals(202, bert.submit("/account", used, Map.of("reason", "it hangs")).status());
    assertEquals(202, bert.submit("/account", kept, Map.of("reason", "forgotten")).status());
    assertEquals(
        List.of(
            "free " + Source.USED + " by bert: it hangs",
            "free " + Source.KEPT + " by bert: forgotten"),
        ordered);
  }

  // ---- tokens

  @Test
  void aTokenIsShownOnceAndDoesWhatItsOwnerAllowed() throws Exception {
    var bert = loggedIn("bert");

    Answer made = makeToken(bert, Map.of("label", "nightly", "role", "operate"));
    String token = token(made);
    assertFalse(bert.get("/account").body().contains(token), "shown once");
    assertTrue(bert.get("/account").body().contains("nightly"));
    assertFalse(Files.readString(directory.resolve("store/access.json")).contains(token));

    assertEquals(202, byToken(token, "POST", "/api/v1/tests/radio_1/stop").status());
    assertEquals(List.of("stop radio_1 by bert (nightly): "), ordered);
    assertTrue(byToken(token, "GET", "/api/v1/me").body().contains("\"user\" : \"bert\""));
    assertFalse(written().contains(token));
  }

  @Test
  void aTokenNeverAllowsMoreThanItsOwnerMay() throws Exception {
    var anna = loggedIn("anna");
    assertEquals(403, makeToken(anna, Map.of("label", "x", "role", "operate")).status());
    assertEquals(403, makeToken(anna, Map.of("label", "x", "role", "submit")).status());
    String token =
        token(makeToken(anna, Map.of("label", "x", "role", "submit", "project", "radio")));
    assertEquals(202, byToken(token, "POST", "/api/v1/tests/radio_1/stop").status());

    access
        .book()
        .change(book -> book.with(book.user(ANNA).orElseThrow().in(RADIO, Optional.empty())));

    assertEquals(403, byToken(token, "POST", "/api/v1/tests/radio_1/stop").status());
  }

  @Test
  void aTokenEndsWhenItIsRevokedExpiresOrLosesItsOwner() throws Exception {
    var bert = loggedIn("bert");
    String revoked = token(makeToken(bert, Map.of("label", "one", "role", "view")));
    String expiring = token(makeToken(bert, Map.of("label", "two", "role", "view", "days", "1")));
    String id = revoked.substring(4, 12);

    assertEquals(
        404,
        loggedIn("anna")
            .submit("/account", "/account/tokens/" + id + "/revoke", Map.of())
            .status());
    assertEquals(200, byToken(revoked, "GET", "/api/v1/tests").status());
    bert.submit("/account", "/account/tokens/" + id + "/revoke", Map.of());

    assertEquals(401, byToken(revoked, "GET", "/api/v1/tests").status());
    assertEquals(200, byToken(expiring, "GET", "/api/v1/tests").status());
    now = now.plus(Duration.ofDays(1));
    assertEquals(401, byToken(expiring, "GET", "/api/v1/tests").status());
    String orphan = token(makeToken(loggedIn("bert"), Map.of("label", "three", "role", "view")));
    access.book().change(book -> book.without(BERT));
    assertEquals(403, byToken(orphan, "GET", "/api/v1/tests").status());
  }

  @Test
  void aTokenIsNotTakenInTheClearNorAWrongOneAtAll() throws Exception {
    String token = token(makeToken(loggedIn("bert"), Map.of("label", "one", "role", "view")));
    var request = Asked.with(Asked.get("/api/v1/tests"), "authorization", "Bearer " + token);

    assertEquals(403, Asked.answer(site, Asked.from(request, ELSEWHERE)).status());
    assertEquals(200, Asked.answer(site, Asked.from(request, ELSEWHERE_TLS)).status());
    assertEquals(401, byToken(token + "x", "GET", "/api/v1/tests").status());
    var basic = Asked.with(Asked.get("/"), "authorization", "Basic YTpi");
    assertEquals(401, Asked.answer(site, basic).status());
  }

  // ---- the stage

  private void know(UserId id, Rights rights) {
    access.book().change(book -> book.with(new User(id, HASH, rights, now, now)));
  }

  private Browser loggedIn(String name) throws Exception {
    var browser = new Browser(site);
    assertEquals(303, browser.logIn(name, PASSWORD).status());
    return browser;
  }

  private static boolean isSomebody(Browser browser) throws Exception {
    return browser.get("/").body().contains("You are");
  }

  private static Answer change(Browser browser, String former, String next, String again)
      throws Exception {
    return browser.submit(
        "/account", "/account/password", Map.of("former", former, "next", next, "again", again));
  }

  private static Answer makeToken(Browser browser, Map<String, String> wish) throws Exception {
    return browser.submit("/account", "/account/tokens", wish);
  }

  private static String token(Answer page) {
    Matcher token = Pattern.compile("<code>(tas_[^<]+)</code>").matcher(page.body());
    assertTrue(token.find(), page.body());
    return token.group(1);
  }

  private Answer byToken(String token, String method, String target) throws Exception {
    return new Browser(site)
        .ask(Asked.with(Asked.with(method, target), "authorization", "Bearer " + token));
  }

  /** The audit log; it is closed, so that all of it is there. */
  private String written() throws IOException {
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
      ordered.add("stop " + test + " by " + who + ": " + why);
    }

    @Override
    public void prioritise(TestId test, String who, int priority) {
      ordered.add("priority " + priority + " for " + test + " by " + who);
    }

    @Override
    public void runAgain(TestDescription test, ClientId issuer, String who) {
      ordered.add("again " + test.id() + " of " + issuer + " by " + who);
    }

    @Override
    public void release(ProductId product, String who, String why) {
      ordered.add("free " + product + " by " + who + ": " + why);
    }

    @Override
    public void order(ProductId product, PersonsOrder order) {
      ordered.add(order.kind() + " " + product + " by " + order.who() + ": " + order.why());
    }

    @Override
    public void order(NodeId node, PersonsOrder order) {
      ordered.add(order.kind() + " " + node + " by " + order.who() + ": " + order.why());
    }
  }

  /** Tests of two projects and of none, and two products. */
  private final class Source implements FarmSource {
    private static final String KEPT = "004402136230483";
    private static final String USED = "004402136230491";

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
      return new SampleFarm(
          List.of(),
          List.of(product(KEPT, Holder.Hold.KEPT), product(USED, Holder.Hold.RUN)),
          List.of(
              waiting("radio_1", Optional.of(RADIO), Optional.of(ANNA)),
              waiting("radio_2", Optional.of(RADIO), Optional.empty()),
              waiting("wlan_1", Optional.of(new ProjectId("wlan")), Optional.empty()),
              waiting("plain_1", Optional.empty(), Optional.empty())),
          List.of(),
          List.of());
    }

    @Override
    public Configuration configuration() {
      return configuration;
    }

    @Override
    public List<String> complaints() {
      return List.of();
    }

    @Override
    public boolean isAlive() {
      return true;
    }

    private WaitingTest waiting(String id, Optional<ProjectId> project, Optional<UserId> owner) {
      var test =
          TestDescription.named(RuntimeId.of(id))
              .with(new TestOrigin("", "", project).ownedBy(owner))
              .with(TestStatus.PENDING, "");
      return new WaitingTest(
          test, CLIENT, 1, now, now.plusSeconds(1_000), 0, "waits", Optional.empty());
    }

    private ProductView product(String imei, Holder.Hold hold) {
      return new ProductView(
          ProductDescription.of(Map.of("imei", imei)),
          NODE_1,
          Optional.empty(),
          Optional.of(new Holder(RuntimeId.of("old"), 1, hold, now, now)),
          Optional.empty(),
          Health.GOOD);
    }
  }
}
