package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.service.farm.FarmSnapshot;
import com.nokia.ci.tas.service.figures.FigureDesk;
import com.nokia.ci.tas.service.figures.Figures;
import com.nokia.ci.tas.service.http.neighbours.Lookout;
import com.nokia.ci.tas.service.http.neighbours.Neighbour;
import com.nokia.ci.tas.service.http.view.AccountPage;
import com.nokia.ci.tas.service.http.view.ActPage;
import com.nokia.ci.tas.service.http.view.FarmsPage;
import com.nokia.ci.tas.service.http.view.Frame;
import com.nokia.ci.tas.service.http.view.Frame.Live;
import com.nokia.ci.tas.service.http.view.Glance;
import com.nokia.ci.tas.service.http.view.HistoryPage;
import com.nokia.ci.tas.service.http.view.LogInPage;
import com.nokia.ci.tas.service.http.view.MessagePage;
import com.nokia.ci.tas.service.http.view.NodePage;
import com.nokia.ci.tas.service.http.view.Past;
import com.nokia.ci.tas.service.http.view.PlanPage;
import com.nokia.ci.tas.service.http.view.PlannedRun;
import com.nokia.ci.tas.service.http.view.ProductPage;
import com.nokia.ci.tas.service.http.view.ServiceCard;
import com.nokia.ci.tas.service.http.view.StatisticsPage;
import com.nokia.ci.tas.service.http.view.StatusPage;
import com.nokia.ci.tas.service.http.view.Telling;
import com.nokia.ci.tas.service.http.view.TestPage;
import com.nokia.ci.tas.service.settings.Setting;
import com.nokia.ci.tas.service.store.History;
import com.nokia.ci.tas.service.store.Search;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The pages for people. Templates are compiled by the build and escape every value. */
final class Pages implements AutoCloseable {
  /** Characters of a text from outside that would show the text after them in another order. */
  private static final Pattern TURNS_TEXT_AROUND = Pattern.compile("[\u202A-\u202E\u2066-\u2069]");

  private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
  private static final Duration SHORTEST_SLICE = Duration.ofMinutes(1);
  private static final Duration LONGEST_SLICE = Duration.ofHours(1);

  private static final int LONGEST_WORDS = 200;

  static final String NO_SUCH_PLAN =
      "There are no tests of such a plan; those that ended long ago are forgotten.";

  private final FigureDesk figures;
  private final Lookout lookout;
  private final FarmSource source;
  private final ServiceCard card;
  private final InstantSource clock;

  Pages(FarmSource source, ServiceCard card, InstantSource clock) {
    this.source = source;
    this.card = card;
    this.clock = clock;
    lookout = new Lookout(clock);
    figures = new FigureDesk(source::farm, source.history(), clock);
  }

  Answer status(Request request) {
    return current(
        request,
        now ->
            page(
                "status.jte",
                StatusPage.of(
                    now.farm(),
                    Glance.of(request::query),
                    frame(request, Live.ofAll(now.mark())),
                    new StatusPage.Around(
                        source.configuration(), source.complaints(), telling(request)))));
  }

  Answer node(Request request, String address) {
    return current(request, now -> node(request, now, address));
  }

  private Answer node(Request request, Standing now, String address) {
    return Site.nodeId(address)
        .flatMap(now.farm()::node)
        .map(
            node ->
                NodePage.of(
                        node,
                        source.facts(node.node().id()),
                        now.farm(),
                        frame(request, Live.of(now.mark(), "node", node.node().id().toString())),
                        record(request),
                        telling(request))
                    .with(request.visitor().mayOperate()))
        .map(page -> page("node.jte", page))
        .orElseGet(() -> Answer.sentence(404, "There is no such node on this service."));
  }

  Answer product(Request request, String imei) {
    return current(request, now -> product(request, now, imei));
  }

  private Answer product(Request request, Standing now, String imei) {
    return now.farm()
        .product(new ProductId(imei))
        .map(
            product ->
                ProductPage.of(
                        product,
                        now.farm(),
                        frame(request, Live.of(now.mark(), "product", imei)),
                        record(request),
                        telling(request))
                    .with(request.visitor().mayOperate()))
        .map(page -> page("product.jte", page))
        .orElseGet(() -> Answer.sentence(404, "There is no such product on this service."));
  }

  Answer test(Request request, String id) {
    return current(request, now -> test(request, now, new TestId(id)));
  }

  /** What a waiting test waits for, and at which place, depends on all others. */
  private Answer test(Request request, Standing now, TestId id) {
    var live =
        now.farm().waiting(id).isPresent()
            ? Live.ofAll(now.mark())
            : Live.of(now.mark(), "test", id.value());
    Frame frame = frame(request, live);
    return TestPage.of(id, now.farm(), frame, telling(request), request.visitor()::maySteer)
        .or(() -> past(request, frame, id))
        .map(page -> page("test.jte", page))
        .orElseGet(
            () ->
                Answer.sentence(
                    404, "There is no such test here; tests that ended long ago are forgotten."));
  }

  /** The tests of a plan. */
  Answer plan(Request request, String run) {
    return current(
        request,
        now ->
            PlannedRun.of(run, now.farm(), source.history(), request.visitor()::maySee)
                .map(
                    it ->
                        page("plan.jte", new PlanPage(frame(request, Live.ofAll(now.mark())), it)))
                .orElseGet(() -> Answer.sentence(404, NO_SUCH_PLAN)));
  }

  /** The page that asks whether something shall be done. */
  Answer act(Request request, ActPage.Question question) {
    return page("act.jte", new ActPage(still(request), question));
  }

  /** The tests that ended, as far back as they are kept. */
  Answer history(Request request) {
    var wish = HistoryPage.Wish.of(request::query);
    return page(
        "history.jte",
        HistoryPage.of(
            still(request), wish, source.history(), request.visitor()::maySee, telling(request)));
  }

  /** What the farm has done over some days; counted elsewhere, and told when it is. */
  CompletableFuture<Answer> statistics(Request request) {
    if (!request.visitor().who().rights().allow(AccessRole.VIEW)) {
      return CompletableFuture.completedFuture(
          message(
              request,
              403,
              "Not for you",
              "Statistics are about everybody's tests; reading them takes the role view on the"
                  + " farm."));
    }
    return figures(period(request).orElseGet(this::usualPeriod))
        .thenApply(counted -> page("statistics.jte", StatisticsPage.of(still(request), counted)))
        .exceptionally(failure -> busy(request, failure));
  }

  /** What was done over some days; counted elsewhere, and told when it is. */
  CompletableFuture<Figures> figures(Figures.Period period) {
    var slice = slice(source.configuration().time(Setting.WORKLOAD_SLICE));
    return figures.of(period, slice, ZoneId.systemDefault());
  }

  /** The days that somebody sees who asks for none, up to today. */
  Figures.Period usualPeriod() {
    var today = LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault());
    long days =
        Math.min(Figures.Period.MOST_DAYS, source.configuration().number(Setting.WORKLOAD_HISTORY));
    return new Figures.Period(today.minusDays(days - 1), today);
  }

  /** What is seen of other farms; they are asked when somebody wants to know. */
  CompletableFuture<Answer> farms(Request request) {
    if (!request.visitor().who().rights().allow(AccessRole.VIEW)) {
      return CompletableFuture.completedFuture(
          message(
              request, 403, "Not for you", "Seeing other farms takes the role view on this one."));
    }
    String words = request.query("q").filter(it -> it.length() <= LONGEST_WORDS).orElse("");
    return lookout
        .look(Neighbour.of(source.configuration().text(Setting.OTHER_SERVICES)))
        .thenApply(seen -> page("farms.jte", FarmsPage.of(still(request), seen, words)));
  }

  private Answer busy(Request request, Throwable failure) {
    if (failure instanceof RejectedExecutionException
        || failure.getCause() instanceof RejectedExecutionException) {
      return message(
          request, 503, "Try again", "Too many ask for statistics now; try again in a moment.");
    }
    throw new CompletionException(failure);
  }

  /** From a minute to an hour. */
  private static Duration slice(Duration wanted) {
    long millis = wanted.toMillis();
    return Duration.ofMillis(
        Math.max(SHORTEST_SLICE.toMillis(), Math.min(LONGEST_SLICE.toMillis(), millis)));
  }

  /** What the address asks for, if it is a period. */
  private static Optional<Figures.Period> period(Request request) {
    try {
      var from = request.query("from").map(LocalDate::parse);
      var to = request.query("to").map(LocalDate::parse);
      return from.flatMap(first -> to.map(last -> new Figures.Period(first, last)));
    } catch (DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A page that says one thing. */
  Answer message(Request request, int status, String title, String sentence) {
    return page("message.jte", new MessagePage(still(request), title, sentence, List.of()))
        .with(status);
  }

  /**
   * A page that says why something is not done.
   *
   * @param command with which it can be done elsewhere, if there is one
   */
  Answer refusal(Request request, int status, String sentence, Optional<String> command) {
    return page(
            "message.jte",
            new MessagePage(
                still(request),
                command.isPresent() ? "Run it where its files are" : "This is not done",
                sentence,
                command.stream().toList()))
        .with(status);
  }

  Answer logIn(Request request, LogInPage.Form form) {
    return page("login.jte", new LogInPage(still(request), form));
  }

  Answer account(Request request, AccountPage.Content content) {
    return page("account.jte", new AccountPage(still(request), content));
  }

  /** A test that ended too long ago for the farm to remember it. */
  private Optional<TestPage> past(Request request, Frame frame, TestId id) {
    return source
        .history()
        .find(Search.LATEST.with(Search.Aspect.ID, id.value()).atMost(1))
        .stream()
        .map(History.Entry::test)
        .filter(test -> request.visitor().maySee(test.test()))
        .findFirst()
        .map(test -> TestPage.of(test, frame, telling(request), request.visitor()::maySteer));
  }

  /** What history has of a product or a node, as far as the visitor may see it. */
  private Past record(Request request) {
    return new Past(source.history(), request.visitor()::maySee);
  }

  /**
   * A page that says the same as long as the farm stands as it does: who has it is told so, and it
   * is not made again.
   */
  private Answer current(Request request, Function<Standing, Answer> page) {
    FarmSnapshot farm = farm(request);
    String mark =
        "\""
            + Long.toHexString(farm.version())
            + "-"
            + Integer.toHexString(
                Objects.hash(source.configuration(), source.complaints(), request.visitor().name()))
            + "\"";
    return request.header("if-none-match").filter(mark::equals).isPresent()
        ? Answer.text("").with(304).with("etag", mark)
        : page.apply(new Standing(farm, mark)).with("etag", mark);
  }

  /**
   * The farm at the moment of a request.
   *
   * @param farm as far as the visitor may see it
   * @param mark that changes with what pages show of it
   */
  private record Standing(FarmSnapshot farm, String mark) {}

  /** The farm, as far as a visitor may see it. */
  private FarmSnapshot farm(Request request) {
    return VisibleFarm.of(source.farm(), request.visitor());
  }

  /** Around a page that keeps itself current. */
  private Frame frame(Request request, Live live) {
    return Frame.of(card, source.configuration(), Optional.of(live), telling(request));
  }

  /** Around a page that stays as it is. */
  private Frame still(Request request) {
    return Frame.of(card, source.configuration(), Optional.empty(), telling(request));
  }

  Telling telling(Request request) {
    return new Telling(clock.instant(), ZoneId.systemDefault(), request.visitor().shown());
  }

  /** Counts no more. */
  @Override
  public void close() {
    figures.close();
  }

  private Answer page(String template, Object page) {
    var html = new StringOutput(16_384);
    templates.render(template, page, html);
    return Answer.html(TURNS_TEXT_AROUND.matcher(html.toString()).replaceAll("\uFFFD"));
  }
}
