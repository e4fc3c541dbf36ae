package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.Requirement;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.service.farm.Effect;
import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.farm.Farm;
import com.nokia.ci.tas.service.farm.FarmSettings;
import com.nokia.ci.tas.service.farm.FarmSnapshot;
import com.nokia.ci.tas.service.farm.Wanted;
import com.nokia.ci.tas.service.news.News;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Prints how long the pages of a large farm take at the server: 1,000 nodes with 10,000 products,
 * all in use, and 10,000 tests that wait. The farm is changed before each page, so that nothing
 * made before can be shown again.
 */
final class FirstPage {
  private static final int NODES = 1_000;
  private static final int PRODUCTS_PER_NODE = 10;
  private static final int WAITING = 10_000;
  private static final int KINDS = 100;
  private static final int WARMING = 100;
  private static final int ROUNDS = 100;
  private static final Duration SERVED = Duration.ofMinutes(3);
  private static final Duration BETWEEN_CHANGES = Duration.ofMillis(50);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final Instant BEGIN = SampleFarm.T0.minusSeconds(3_600);

  private final Farm farm =
      new Farm(
          FarmSettings.defaults(SampleFarm.SERVICE)
              .with(
                  new FarmSettings.Bounds(
                      PRODUCTS_PER_NODE, 1_000_000, 1_000, Duration.ofHours(24))));
  private Instant now = BEGIN;
  private volatile FarmSnapshot published;

  private FirstPage() {}

  /**
   * Takes the addresses to ask for; the first page, a search and a filter when there are none. With
   * {@code --serve} the first page alone is asked for, and then the farm is there for a browser,
   * and changes for some minutes.
   */
  public static void main(String[] args) throws Exception {
    var bench = new FirstPage();
    bench.fill();
    if (List.of(args).equals(List.of("--serve"))) {
      bench.measure("/");
      bench.serve();
      return;
    }
    List<String> addresses =
        args.length > 0
            ? List.of(args)
            : List.of("/", "/?q=waiting_77", "/?status=busy", "/?q=RM-7&waiting=500");
    addresses.forEach(bench::measure);
  }

  private void fill() {
    for (int node = 0; node < NODES; node++) {
      var description =
          new NodeDescription(
              new Endpoint("node" + node + ".example.org", 27_182), "rack " + node % 40, "1.0");
      apply(new Event.NodeRegistered(now, description));
      for (int place = 0; place < PRODUCTS_PER_NODE; place++) {
        int number = node * PRODUCTS_PER_NODE + place;
        apply(
            new Event.ProductReported(
                now, description.endpoint(), Event.Report.PLUGGED, product(number)));
      }
    }
    for (int i = 0; i < NODES * PRODUCTS_PER_NODE; i++) {
      start(submit("running_" + i, i));
    }
    finishSome();
    for (int i = 0; farm.snapshot().waitingCount() < WAITING; i++) {
      submit("waiting_" + i, i);
    }
  }

  /** So that the farm has learned how long tests take and makes forecasts. */
  private void finishSome() {
    now = BEGIN.plusSeconds(600);
    var all = farm.snapshot().running();
    for (int i = 0; i < KINDS; i++) {
      var running = all.get(i);
      apply(
          new Event.RunReported(
              now,
              running.node(),
              running.test().id(),
              1,
              TestStatus.FINISHED,
              "",
              Optional.empty()));
      start(submit("again_" + i, i));
    }
  }

  private List<Effect> submit(String id, int number) {
    var client = new ClientId(new Endpoint("ci" + number % 50 + ".example.org", 20_000));
    var test =
        TestDescription.named(RuntimeId.of(id))
            .with(
                new TestExecution(
                    "python3",
                    "execute.py",
                    List.of("execute.py", "firmware.img"),
                    Map.of("BUILD", id),
                    List.of(),
                    "results.zip"))
            .with(TestProgress.NONE.within(Duration.ofHours(6)));
    var demand = ProductDemand.of(Map.of("rm-code", "RM-" + number % KINDS));
    return apply(
        new Event.TestSubmitted(
            now, client, test, new Wanted.Understood(new Requirement(List.of(demand)))));
  }

  private void start(List<Effect> effects) {
    for (var effect : effects) {
      if (effect instanceof Effect.StartRun start) {
        int attempt = start.test().progress().attempt();
        var id = start.test().id();
        apply(new Event.OrderDelivered(now, start.node(), id, attempt, Event.Order.START));
        apply(
            new Event.RunReported(
                now, start.node(), id, attempt, TestStatus.STARTED, "", Optional.empty()));
      }
    }
  }

  private static ProductDescription product(int number) {
    return ProductDescription.of(
        Map.of(
            "imei",
            String.format(Locale.ROOT, "35%013d", number),
            "rm-code",
            "RM-" + number % KINDS,
            "environment",
            number % 2 == 0 ? "Bluetooth" : "WLAN",
            "sim1-pin1",
            "4711"));
  }

  private List<Effect> apply(Event event) {
    return farm.apply(event);
  }

  /** One test ends and another one comes, twenty times a second. */
  private void serve() throws Exception {
    published = farm.snapshot();
    var news = News.of(published, "bench");
    var group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    var events = new EventDesk(news);
    var stream = new Router();
    events.addTo(stream);
    try (var door = new WebDoor(request -> answer(request.by(Asked.get("/").visitor()), stream))) {
      System.out.println("listens on port " + EventStreamTest.listen(group, door) + ".");
      var end = System.nanoTime() + SERVED.toNanos();
      var running = published.running().iterator();
      for (int i = 0; running.hasNext() && System.nanoTime() < end; i++) {
        var ended = running.next();
        start(
            apply(
                new Event.RunReported(
                    now,
                    ended.node(),
                    ended.test().id(),
                    1,
                    TestStatus.FINISHED,
                    "",
                    Optional.empty())));
        submit("new_" + i, i);
        published = farm.snapshot();
        news.accept(published);
        Thread.sleep(BETWEEN_CHANGES.toMillis());
      }
    } finally {
      events.close();
      news.close();
      group.shutdownGracefully();
    }
  }

  private CompletableFuture<Answer> answer(Request request, Router stream) {
    return request.path().equals("/api/v1/events")
        ? stream.answer(request)
        : SiteTest.site(published).answer(request);
  }

  private void measure(String address) {
    var times = new long[ROUNDS];
    var worked = new long[ROUNDS];
    int bytes = 0;
    for (int i = -WARMING; i < ROUNDS; i++) {
      submit("more_" + address.length() + "_" + i, i & 0xFF);
      FarmSnapshot snapshot = farm.snapshot();
      var site = SiteTest.site(snapshot);
      long idle = THREADS.getCurrentThreadCpuTime();
      long begun = System.nanoTime();
      Answer answer = Asked.answer(site, Asked.get(address));
      bytes = answer.body().length();
      if (i >= 0) {
        times[i] = System.nanoTime() - begun;
        worked[i] = THREADS.getCurrentThreadCpuTime() - idle;
      }
    }
    Arrays.sort(times);
    Arrays.sort(worked);
    System.out.printf(
        Locale.ROOT,
        "%-24s processor median %.1f ms, p99 %.1f ms; clock median %.1f ms, p99 %.1f ms; %d KB%n",
        address,
        worked[ROUNDS / 2] / 1e6,
        worked[ROUNDS * 99 / 100] / 1e6,
        times[ROUNDS / 2] / 1e6,
        times[ROUNDS * 99 / 100] / 1e6,
        bytes / 1024);
  }
}
