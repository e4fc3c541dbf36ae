package com.nokia.ci.tas.service.http;

import static com.nokia.ci.tas.service.http.SampleFarm.SERVICE;
import static com.nokia.ci.tas.service.http.SampleFarm.T0;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nokia.ci.tas.commons.model.NodeFacts;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.service.farm.FarmSnapshot;
import com.nokia.ci.tas.service.http.view.Address;
import com.nokia.ci.tas.service.http.view.ServiceCard;
import com.nokia.ci.tas.service.measure.Histogram;
import com.nokia.ci.tas.service.settings.Configuration;
import com.nokia.ci.tas.service.settings.Setting;
import com.nokia.ci.tas.service.store.FakeStore;
import com.nokia.ci.tas.service.store.History;
import com.nokia.ci.tas.service.webhook.WebhookCounts;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SiteTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final InstantSource CLOCK = InstantSource.fixed(T0);
  private static final ServiceCard CARD =
      new ServiceCard(SERVICE, "Rack four", "0.1.0", T0.minusSeconds(90));

  static Stream<String> everyAddress() {
    return Stream.of(
        "/",
        Address.ofNode("node1.example:27182"),
        Address.ofNode("node2.example:27182"),
        Address.ofProduct("004402136230483"),
        Address.ofProduct("004402136230509"),
        Address.ofTest("\"><img src=x onerror=alert(1)>_run"),
        Address.ofTest("\"><img src=x onerror=alert(1)>_wait"),
        Address.ofTest("smoke_1"),
        Address.ofTest("smoke_2"),
        Address.ofTest("smoke_3"),
        "/?q=smoke&status=busy&waiting=3",
        "/history",
        "/statistics",
        "/farms",
        "/history?verdict=failed&from=2026-01-01",
        "/products",
        "/api/v1/tests",
        "/api/v1/tests/smoke_2",
        Address.ofTest("\"><img src=x onerror=alert(1)>_wait").replace("/tests", "/api/v1/tests")
            + "/why",
        "/api/v1/queue",
        "/api/v1/products",
        "/api/v1/products/004402136230483",
        "/api/v1/nodes",
        "/api/v1/nodes/node1.example:27182",
        "/healthz",
        "/metrics");
  }

  @ParameterizedTest
  @MethodSource("everyAddress")
  void secretsStaySealedAndTextsFromOutsideAreHarmless(String address) {
    Answer answer = get(site(SampleFarm.nasty()), address);

    assertEquals(200, answer.status(), answer.body());
    for (String secret : List.of("7391", "55512345", "98765")) {
      assertFalse(answer.body().contains(secret), secret + " on " + address);
    }
    if (answer.type().startsWith("text/html")) {
      assertFalse(answer.body().contains("<script>alert"), address);
      assertFalse(answer.body().contains("<img"), address);
      assertFalse(answer.body().contains("\u202E"), address);
      assertFalse(answer.body().contains("href=\"javascript:"), address);
    }
  }

  @ParameterizedTest
  @MethodSource("everyAddress")
  void everyPageLinksToPagesThatAreThere(String address) {
    Router site = site(SampleFarm.friendly());
    Answer answer = get(site, address);
    if (answer.status() == 200 && answer.type().startsWith("text/html")) {
      var links = java.util.regex.Pattern.compile("(?:href|src)=\"(/[^\"]*)\"");
      var found = links.matcher(answer.body());
      assertTrue(found.find());
      found
          .results()
          .map(link -> link.group(1))
          .filter(link -> !link.equals(LogInDesk.ADDRESS))
          .distinct()
          .forEach(link -> assertEquals(200, get(site, link).status(), link + " on " + address));
    }
  }

  @Test
  void theStatusPageTellsWhatIsGoingOn() {
    String page = get(site(SampleFarm.friendly()), "/").body();

    for (String part :
        List.of(
            "farm.example:31415",
            "Rack four",
            "0.1.0",
            "Maintenance.",
            "node1.example:27182",
            "004402136230483",
            "RM-763",
            "nightly_2026-11-20_run",
            "attempt 2, at most <span",
            ">5 h</span>",
            "nightly_2026-11-20_wait",
            "needs imei 004402136230483",
            "6 min 40 s",
            "silent for 25 s: connection refused",
            "stopped by ci.example:16180",
            "maximal-number-of-tests-per-node",
            "configuration.dat line 3")) {
      assertTrue(page.contains(part), part);
    }
  }

  @Test
  void anEmptyFarmSaysSo() {
    String page = get(site(SampleFarm.EMPTY), "/").body();

    assertTrue(page.contains("No test is running."));
    assertTrue(page.contains("No test is waiting."));
    assertTrue(page.contains("No node has registered."));
  }

  @Test
  void theProductListKeepsItsFirstAndItsLastLine() throws IOException {
    for (var farm : List.of(SampleFarm.EMPTY, SampleFarm.nasty())) {
      String body = get(site(farm), "/products").body();
      List<String> lines = body.lines().toList();
      assertEquals("{ \"products\": [", lines.get(0));
      assertEquals("] }", lines.get(lines.size() - 1));
      assertEquals(farm.products().size(), JSON.readTree(body).get("products").size());
    }
  }

  @Test
  void theCodesInTheProductListAreThereAndEmpty() throws IOException {
    JsonNode product =
        JSON.readTree(get(site(SampleFarm.friendly()), "/products").body()).get("products").get(0);

    assertEquals("004402136230483", product.get("Imei").asText());
    for (String code : List.of("Pin1Code", "Pin2Code", "Puk1Code", "Puk2Code", "SecurityCode")) {
      assertEquals("", product.get("SIM1" + code).asText("absent"), code);
      assertEquals("", product.get("SIM2" + code).asText("absent"), code);
    }
  }

  @Test
  void jsonNamesAreTheElementNamesInCamelCase() throws IOException {
    JsonNode product =
        JSON.readTree(get(site(SampleFarm.friendly()), "/api/v1/products").body())
            .get("products")
            .get(0);

    assertEquals("004402136230483", product.get("imei").asText());
    assertEquals("RM-763", product.get("rmCode").asText());
    assertEquals("busy", product.get("status").asText());
    assertEquals(product.get("sn"), product.get("attributes").get("lab-shelf"));
    assertEquals(1, product.get("attributes").size());
    assertEquals("", product.get("statusDetails").asText("absent"));
    assertEquals("+3585550000001", product.get("sim1").get("phoneNumber").asText());
    assertEquals("nightly_2026-11-20_run", product.get("holder").get("test").asText());
    assertEquals("node1.example:27182", product.get("node").asText());
  }

  @Test
  void aTestIsShownWhereverItIs() throws IOException {
    Router site = site(SampleFarm.friendly());

    assertEquals("running", test(site, "nightly_2026-11-20_run").get("state").asText());
    assertEquals("waiting", test(site, "nightly_2026-11-20_wait").get("state").asText());
    assertEquals(1, test(site, "nightly_2026-11-20_wait").get("place").asInt());
    assertEquals("stopped", test(site, "smoke_3").get("status").asText());
    assertEquals("executor-failed", test(site, "smoke_2").get("reason").get("code").asText());
    assertEquals(404, get(site, "/api/v1/tests/nobody").status());
    assertEquals(5, all(site).get("tests").size());
  }

  @Test
  void whyATestWaitsIsToldOfWaitingTestsOnly() throws IOException {
    Router site = site(SampleFarm.friendly());

    JsonNode why = JSON.readTree(get(site, "/api/v1/tests/nightly_2026-11-20_wait/why").body());
    assertEquals(1, why.get("place").asInt());
    assertEquals("disabled", why.at("/demands/0/products/0/use").asText());
    assertEquals(2, why.at("/demands/0/misses/0/count").asInt());
    assertEquals("environment", why.at("/relaxations/0/changes/0/name").asText());
    assertEquals(409, get(site, "/api/v1/tests/smoke_1/why").status());
    assertEquals(404, get(site, "/api/v1/tests/nobody/why").status());
  }

  @Test
  void metricsCountWhatIsThere() {
    String metrics = get(site(SampleFarm.friendly()), "/metrics").body();

    for (String sample :
        List.of(
            "tas_sessions{state=\"open\"} 3",
            "tas_sessions{state=\"away\"} 1",
            "tas_relayed_messages_total 40",
            "tas_relayed_files_total 2",
            "tas_relayed_bytes_total 5000",
            "tas_nodes{condition=\"connected\"} 1",
            "tas_nodes{condition=\"lost\"} 1",
            "tas_products{status=\"free\"} 1",
            "tas_products{status=\"disconnected\"} 1",
            "tas_tests{state=\"waiting\"} 1",
            "tas_tests{state=\"running\"} 1",
            "tas_oldest_waiting_seconds 400",
            "tas_estimates_checked_total 10",
            "tas_estimates_kept_total 9",
            "tas_tests_ended_total{verdict=\"finished\"} 0",
            "tas_events_total 42")) {
      assertTrue(metrics.lines().anyMatch(sample::equals), sample);
    }
  }

  private static JsonNode test(Router site, String id) throws IOException {
    return JSON.readTree(get(site, "/api/v1/tests/" + id).body());
  }

  @Test
  void aNodeShowsWhatItToldOfItsMachineAndItsLastTests() throws IOException {
    Router site = site(SampleFarm.nasty());
    JsonNode node = JSON.readTree(get(site, "/api/v1/nodes/node1.example:27182").body());
    String page = get(site, Address.ofNode("node1.example:27182")).body();

    assertEquals(3_221_225_472L, node.path("facts").path("diskFreeBytes").longValue());
    assertTrue(node.path("facts").path("operatingSystem").asText().startsWith("Debian <script>"));
    assertEquals("smoke_1", node.path("recentTests").path(0).path("id").asText());
    assertEquals("finished", node.path("recentTests").path(0).path("verdict").asText());
    assertTrue(page.contains("<dt>disk free</dt><dd>3.0 GiB</dd>"), page);
    assertTrue(page.contains("<dt>uptime</dt><dd>1 d 2 h</dd>"), page);
  }

  @Test
  void aNodeThatIsTooOldIsSaidToBe() throws IOException {
    Router site = site(SampleFarm.friendly());
    JsonNode nodes = JSON.readTree(get(site, "/api/v1/nodes").body()).path("nodes");

    assertTrue(nodes.path(0).path("tooOld").isMissingNode());
    assertTrue(nodes.path(1).path("tooOld").asText().contains("its version is 0.0.9"));
    assertTrue(get(site, "/").body().contains("its version is 0.0.9"));
    assertTrue(get(site, Address.ofNode("node2.example:27182")).body().contains("update it"));
    assertFalse(get(site, Address.ofNode("node1.example:27182")).body().contains("update it"));
  }

  private static JsonNode all(Router site) throws IOException {
    return JSON.readTree(get(site, "/api/v1/tests").body());
  }

  private static Answer get(Router site, String address) {
    return Asked.answer(site, Asked.get(address));
  }

  static Router site(FarmSnapshot farm) {
    var site = bareSite(farm);
    return site.router(new Pages(source(farm), CARD, CLOCK));
  }

  /** The site before it has its addresses. */
  static Site bareSite(FarmSnapshot farm) {
    return new Site(source(farm), CARD, new EndedCounts(), CLOCK);
  }

  private static FarmSource source(FarmSnapshot farm) {
    return new FarmSource() {
      @Override
      public Timings timings() {
        return new Timings(Histogram.ofMoments(), Histogram.ofMoments());
      }

      @Override
      public History history() {
        var oldestFirst = new ArrayList<>(farm.ended());
        Collections.reverse(oldestFirst);
        return FakeStore.historyOf(oldestFirst);
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
        return new LineCounts(3, 1, 40, 2, 5_000, 6, 7);
      }

      @Override
      public NodeFacts facts(NodeId node) {
        return NodeFacts.of(
            Map.of(
                "operating-system",
                "Debian " + SampleFarm.NASTY,
                "disk-free-bytes",
                "3221225472",
                "uptime-seconds",
                "93600"));
      }

      @Override
      public EstimateCounts estimates() {
        return new EstimateCounts(10, 9);
      }

      @Override
      public FarmSnapshot farm() {
        return farm;
      }

      @Override
      public Configuration configuration() {
        return Configuration.DEFAULTS.with(Setting.MAINTENANCE_MODE, "1");
      }

      @Override
      public List<String> complaints() {
        return List.of("configuration.dat line 3: \"x\" is not of the form key=value");
      }

      @Override
      public boolean isAlive() {
        return true;
      }
    };
  }
}
