package com.nokia.ci.tas.service.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nokia.ci.tas.commons.json.ProductJson;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.service.farm.FarmSettings.HealthLimits;
import com.nokia.ci.tas.service.farm.FarmSnapshot;
import com.nokia.ci.tas.service.farm.FarmSnapshot.NodeView;
import com.nokia.ci.tas.service.farm.FarmSnapshot.ProductView;
import com.nokia.ci.tas.service.http.api.OpenApi;
import com.nokia.ci.tas.service.http.api.Operation;
import com.nokia.ci.tas.service.http.view.PlannedRun;
import com.nokia.ci.tas.service.http.view.ServiceCard;
import com.nokia.ci.tas.service.json.FarmJson;
import com.nokia.ci.tas.service.json.HealthJson;
import com.nokia.ci.tas.service.json.NodeJson;
import com.nokia.ci.tas.service.news.News;
import com.nokia.ci.tas.service.release.SupportedNodes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Every address of a service and what is found there: the table of contents of the pages and the
 * JSON. All of it is made from the snapshot of the moment and shows no secret.
 */
public final class Site {
  /** How many waiting tests one answer lists; the count tells of the rest. */
  private static final int LISTED = 1_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final FarmSource source;
  private final ServiceCard card;
  private final EndedCounts ended;
  private final InstantSource clock;

  Site(FarmSource source, ServiceCard card, EndedCounts ended, InstantSource clock) {
    this.source = source;
    this.card = card;
    this.ended = ended;
    this.clock = clock;
  }

  /**
   * Opens the site.
   *
   * @param source what it shows
   * @param card what the service says of itself
   * @param ended counts for the metrics
   * @param people who may see and do what
   * @param orders has done what people want done
   * @param news what happens, for those who read along; stays open
   * @param clock by which ages are told
   * @return to be handed to the transport, and closed in the end
   */
  public static WebDoor open(
      FarmSource source,
      ServiceCard card,
      EndedCounts ended,
      People people,
      FarmOrders orders,
      News news,
      InstantSource clock) {
    var site = new Site(source, card, ended, clock);
    var pages = new Pages(source, card, clock);
    var events = new EventDesk(news);
    return new WebDoor(
        guarded(site, pages, people, orders, events::addTo),
        () -> {
          events.close();
          pages.close();
        });
  }

  /** The whole site behind its doorkeeper. */
  static Answering guarded(Site site, People people, FarmOrders orders) {
    return guarded(
        site, new Pages(site.source, site.card, site.clock), people, orders, router -> {});
  }

  /** The same with desks that have a life of their own. */
  private static Answering guarded(
      Site site, Pages pages, People people, FarmOrders orders, Consumer<Router> more) {
    var router = routes(site, pages, people, orders);
    more.accept(router);
    return new Doorkeeper(router, people, site.source, pages);
  }

  /** Every address there is, but for the desks that have a life of their own. */
  static Router routes(Site site, People people, FarmOrders orders) {
    return routes(site, new Pages(site.source, site.card, site.clock), people, orders);
  }

  private static Router routes(Site site, Pages pages, People people, FarmOrders orders) {
    var router = site.router(pages);
    new LogInDesk(people, pages).addTo(router);
    new AccountDesk(people, pages).addTo(router);
    new OrderDesk(site.source, people.audit(), orders, pages).addTo(router);
    new AgainDesk(site.card.address(), site.source, people.audit(), orders).addTo(router);
    new CareDesk(site.source, people.audit(), orders, site.clock).addTo(router);
    new ActDesk(site.source, router, pages, site.clock).addTo(router);
    return router;
  }

  /** What there is to read of the farm. */
  Router router(Pages pages) {
    var router = new Router();
    new TestDesk(source).addTo(router);
    new StatisticsDesk(pages).addTo(router);
    new RunDesk(source).addTo(router);
    return router
        .page("/", (request, any) -> pages.status(request))
        .page("/nodes/{}", pages::node)
        .page("/products/{}", pages::product)
        .page("/tests/{}", pages::test)
        .page("/plans/{}", pages::plan)
        .latePage("/farms", (request, any) -> pages.farms(request))
        .latePage("/statistics", (request, any) -> pages.statistics(request))
        .page("/history", (request, any) -> pages.history(request))
        .page("/products", any -> products())
        .serve(Operation.OPENAPI, (request, any) -> json(OpenApi.of(card.version())))
        .serve(
            Operation.SETTINGS,
            (request, any) -> json(SettingsJson.of(source.configuration(), source.complaints())))
        .serve(Operation.PLAN, this::plan)
        .serve(Operation.QUEUE, (request, any) -> queue(request))
        .serve(Operation.PRODUCTS, (request, any) -> productList())
        .serve(Operation.PRODUCT, (request, imei) -> product(imei))
        .serve(Operation.NODES, (request, any) -> nodes(request))
        .serve(Operation.NODE, this::node)
        .page("/healthz", any -> health())
        .page("/metrics", any -> metrics())
        .page("/style.css", any -> Resource.answer("style.css", "text/css; charset=utf-8"))
        .page("/refresh.js", any -> Resource.answer("refresh.js", "text/javascript; charset=utf-8"))
        .page("/log.js", any -> Resource.answer("log.js", "text/javascript; charset=utf-8"))
        .page("/icon.svg", any -> Resource.answer("icon.svg", "image/svg+xml"))
        .page("/favicon.ico", any -> Answer.elsewhere("/icon.svg"))
        .otherwise(EarlierAddresses::answer);
  }

  /** The farm, as far as a visitor may see it. */
  private FarmSnapshot farm(Request request) {
    return VisibleFarm.of(source.farm(), request.visitor());
  }

  private Answer plan(Request request, String run) {
    return found(
        PlannedRun.of(run, farm(request), source.history(), request.visitor()::maySee)
            .map(PlanJson::of),
        Pages.NO_SUCH_PLAN);
  }

  private Answer products() {
    return Answer.json(
        ProductJson.products(source.farm().products().stream().map(ProductView::product).toList()));
  }

  private Answer queue(Request request) {
    FarmSnapshot farm = farm(request);
    EstimateCounts estimates = source.estimates();
    ObjectNode json =
        FarmJson.object()
            .put("waitingCount", farm.waitingCount())
            .put("estimatesChecked", estimates.checked())
            .put("estimatesKept", estimates.kept());
    ArrayNode tests = json.putArray("tests");
    farm.waiting(number(request, "from", 0), Math.min(LISTED, number(request, "limit", LISTED)))
        .forEach(test -> tests.add(FarmJson.test(test)));
    return json(json);
  }

  /** A number behind the question mark; what is none counts as not said. */
  private static int number(Request request, String name, int usual) {
    try {
      return Math.max(0, request.query(name).map(Integer::parseInt).orElse(usual));
    } catch (NumberFormatException e) {
      return usual;
    }
  }

  private Answer productList() {
    return list("products", source.farm().products().stream().map(this::json));
  }

  private Answer product(String imei) {
    return found(
        source.farm().product(new ProductId(imei)).map(this::json), "There is no such product.");
  }

  private Answer nodes(Request request) {
    FarmSnapshot farm = farm(request);
    return list("nodes", farm.nodes().stream().map(node -> json(node, farm)));
  }

  private Answer node(Request request, String address) {
    FarmSnapshot farm = farm(request);
    return found(
        nodeId(address).flatMap(farm::node).map(node -> json(node, farm)),
        "There is no such node; a node is named by host:port.");
  }

  private ObjectNode json(ProductView view) {
    return FarmJson.product(view).set("health", HealthJson.of(view.health(), limits()));
  }

  private ObjectNode json(NodeView view, FarmSnapshot farm) {
    ObjectNode json = FarmJson.node(view);
    SupportedNodes.complaint(view.node()).ifPresent(why -> json.put("tooOld", why));
    json.set("recentTests", NodeJson.recentTests(view, farm));
    json.set("facts", NodeJson.facts(source.facts(view.node().id())));
    return json.set("health", HealthJson.of(view.standing(), limits()));
  }

  private HealthLimits limits() {
    return source.farm().settings().health();
  }

  private Answer health() {
    return source.isAlive()
        ? Answer.text("ok\n")
        : Answer.sentence(503, "The farm takes no events any more; see the log of the service.");
  }

  private Answer metrics() {
    Instant now = clock.instant();
    return Answer.of(
        "text/plain; version=0.0.4; charset=utf-8",
        Metrics.of(
            source.farm(),
            card,
            ended,
            source.lines(),
            source.webhooks(),
            source.estimates(),
            source.timings(),
            now));
  }

  /** The node that an address in a path names. */
  static Optional<NodeId> nodeId(String address) {
    try {
      return Optional.of(new NodeId(Endpoint.parse(address)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Answer list(String name, Stream<ObjectNode> entries) {
    ObjectNode json = FarmJson.object();
    ArrayNode array = json.putArray(name);
    entries.forEach(array::add);
    return json(json);
  }

  private static Answer found(Optional<ObjectNode> json, String otherwise) {
    return json.map(Site::json).orElseGet(() -> Answer.problem(404, otherwise));
  }

  static Answer json(ObjectNode json) {
    try {
      return Answer.json(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of values could not be written as JSON", e);
    }
  }
}
