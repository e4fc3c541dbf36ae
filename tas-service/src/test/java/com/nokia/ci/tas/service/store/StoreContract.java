package com.nokia.ci.tas.service.store;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProjectId;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestOrigin;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.commons.model.UserId;
import com.nokia.ci.tas.service.farm.Decision;
import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.farm.FarmImage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every store keeps to. */
public abstract class StoreContract {
  private static final Instant T0 = Instant.parse("2026-11-20T12:00:00.123456789Z");
  private static final Duration LONG = Duration.ofDays(1000);
  private static final Endpoint CLIENT = new Endpoint("client.example.org", 5001);
  private static final Endpoint NODE = new Endpoint("node.example.org", 33000);

  private Optional<Store> open = Optional.empty();
  private Retention retention = Retention.of(LONG, LONG);

  /** Opens the store of this test, the same one each time. */
  protected abstract Store open(Retention now);

  @AfterEach
  void closeStore() {
    open.ifPresent(Store::close);
  }

  private Store store() {
    if (open.isEmpty()) {
      open = Optional.of(open(retention));
    }
    return open.get();
  }

  private Store reopened() {
    closeStore();
    open = Optional.empty();
    return store();
  }

  // ---- journal

  @Test
  void anEmptyStoreHasNoPast() {
    assertEquals(Optional.empty(), store().past().checkpoint());
    assertEquals(List.of(), batches(store().past()));
    assertEquals(List.of(), batches(store().wholePast()));
    assertEquals(List.of(), store().history().find(Search.LATEST));
  }

  @Test
  void whatWasAppendedIsThereAfterAReopening() {
    var batches = LongStream.rangeClosed(1, 100).mapToObj(StoreContract::batch).toList();
    batches.subList(0, 60).forEach(batch -> store().append(batch, List.of()));
    batches.subList(60, 100).forEach(batch -> reopenedEvery(10, batch));
    assertEquals(batches, batches(reopened().past()));
  }

  private void reopenedEvery(int count, Batch batch) {
    (batch.number() % count == 0 ? reopened() : store()).append(batch, List.of());
  }

  @Test
  void aBatchThatDoesNotFollowIsRefusedAndNothingIsLost() {
    store().append(batch(1), List.of());
    assertThrows(IllegalArgumentException.class, () -> store().append(batch(1), List.of()));
    assertThrows(IllegalArgumentException.class, () -> store().append(batch(3), List.of()));
    store().append(batch(2), List.of());
    assertEquals(List.of(batch(1), batch(2)), batches(reopened().past()));
  }

  @Test
  void aBatchOfManyEventsComesBack() {
    var made = new MadeUp(5);
    var steps =
        IntStream.range(0, 500)
            .mapToObj(i -> new Step(made.one(Event.TestSubmitted.class), List.of()))
            .toList();
    store().append(new Batch(1, steps), List.of());
    assertEquals(List.of(new Batch(1, steps)), batches(reopened().past()));
  }

  @Test
  void aClosedStoreSaysSo() {
    var store = store();
    store.close();
    assertThrows(StoreException.class, () -> store.append(batch(1), List.of()));
    assertThrows(StoreException.class, () -> store.checkpoint(0, image(0, T0)));
    assertThrows(StoreException.class, store::past);
    assertThrows(StoreException.class, () -> store.history().find(Search.LATEST));
  }

  // ---- checkpoints

  @Test
  void thePastBeginsAtTheLastCheckpointAndTheWholeOneAtTheBeginning() {
    appendUpTo(10);
    store().checkpoint(4, image(4, T0));
    store().checkpoint(7, image(7, T0));
    var store = reopened();
    assertEquals(Optional.of(new Checkpoint(7, image(7, T0))), store.past().checkpoint());
    assertEquals(List.of(batch(8), batch(9), batch(10)), batches(store.past()));
    assertEquals(Optional.empty(), store.wholePast().checkpoint());
    assertEquals(10, batches(store.wholePast()).size());
  }

  @Test
  void aCheckpointOfTheSameMomentCountsOnce() {
    appendUpTo(3);
    store().checkpoint(3, image(3, T0));
    store().checkpoint(3, image(3, T0));
    assertEquals(Optional.of(new Checkpoint(3, image(3, T0))), reopened().past().checkpoint());
    assertEquals(List.of(), batches(store().past()));
  }

  @Test
  void theNextBatchFollowsTheCheckpointWhenTheJournalWasDropped() {
    retention = Retention.of(Duration.ZERO, LONG);
    appendUpTo(3);
    store().checkpoint(3, image(3, T0));
    reopened().append(batch(4), List.of());
    assertEquals(Optional.of(new Checkpoint(3, image(3, T0))), reopened().wholePast().checkpoint());
    assertEquals(List.of(batch(4)), batches(store().wholePast()));
  }

  @Test
  void theJournalReachesBackAsFarAsItsRetention() {
    retention = Retention.of(Duration.ofHours(2), LONG);
    for (int hour = 0; hour < 10; hour++) {
      store().append(batch(hour + 1), List.of());
      store().checkpoint(hour + 1, image(hour + 1, T0.plus(Duration.ofHours(hour))));
    }
    var store = reopened();
    assertEquals(10, store.past().checkpoint().orElseThrow().batch());
    assertEquals(8, store.wholePast().checkpoint().orElseThrow().batch());
    assertEquals(List.of(batch(9), batch(10)), batches(store.wholePast()));
  }

  @Test
  void batchesAreAppendedWhileACheckpointIsWritten() throws Exception {
    var big = bigImage();
    appendUpTo(1);
    var written = CompletableFuture.runAsync(() -> store().checkpoint(1, big));
    long number = 1;
    while (!written.isDone()) {
      number++;
      store().append(batch(number), List.of());
    }
    written.get();
    assertEquals(Optional.of(new Checkpoint(1, big)), reopened().past().checkpoint());
    assertEquals(number - 1, batches(store().past()).size());
  }

  // ---- history

  @Test
  void whoCountsIsShownEachTestThatEndedInTheTimeInShort() {
    var ended = List.of(ended(1), ended(2), ended(3));
    store().append(batch(1), ended);
    var second = ended.get(1).times().ended();
    var shown = new ArrayList<Brief>();
    var all = new ArrayList<Brief>();
    var history = reopened().history();

    history.forEach(second, second.plusMillis(1), shown::add);
    history.forEach(Instant.EPOCH, second.plusSeconds(1_000_000), all::add);

    assertEquals(List.of(Brief.of(ended.get(1))), shown);
    assertEquals(ended.stream().map(Brief::of).collect(toSet()), Set.copyOf(all));
  }

  @Test
  void anEndedTestIsFoundByAllThatIsKnownOfIt() {
    var ended = List.of(ended(1), ended(2), ended(3));
    store().append(batch(1), ended);
    var history = reopened().history();
    var second = List.of(new History.Entry(2, ended.get(1)));
    var all = Search.LATEST;
    assertEquals(second, history.find(all.with(Search.Aspect.ID, "smoke_2")));
    assertEquals(second, history.find(all.with(Search.Aspect.PROJECT, "project-2")));
    assertEquals(second, history.find(all.with(Search.Aspect.OWNER, "owner-2")));
    assertEquals(second, history.find(all.with(Search.Aspect.CLIENT, "client.example.org:5002")));
    assertEquals(second, history.find(all.with(Search.Aspect.CODE, "code-2")));
    assertEquals(second, history.find(all.with(Search.Aspect.NODE, "node.example.org:33002")));
    assertEquals(second, history.find(all.with(Search.Aspect.PRODUCT, "00440213623048_2b")));
    assertEquals(3, history.find(all.with(Search.Aspect.FAULT, "node")).size());
    assertEquals(0, history.count(all.with(Search.Aspect.ID, "smoke_")));
    assertEquals(
        second,
        history.find(
            all.with(Search.Aspect.FAULT, "node")
                .with(Search.Aspect.PRODUCT, "00440213623048_2a")));
    assertEquals(
        second,
        history.find(all.ended(ended.get(1).times().ended(), ended.get(2).times().ended())));
    assertEquals(3, history.count(all.with(EndedTest.Verdict.FAILED)));
    assertEquals(0, history.count(all.with(EndedTest.Verdict.FINISHED)));
  }

  @Test
  void anEndedTestIsFoundByAPartOfItsId() {
    store()
        .append(
            batch(1),
            List.of(
                ended("nightly_Radio_7", 1),
                ended("smoke%_\"1", 2),
                ended("nightly_wlan_8", 3),
                ended("a\\b\u00e4c", 4)));
    var history = reopened().history();
    assertEquals(List.of(3L, 1L), numbers(history, Search.LATEST.withText("NIGHTLY_")));
    assertEquals(List.of(1L), numbers(history, Search.LATEST.withText("radio")));
    assertEquals(List.of(2L), numbers(history, Search.LATEST.withText("%_\"")));
    assertEquals(List.of(4L), numbers(history, Search.LATEST.withText("a\\b")));
    assertEquals(List.of(), numbers(history, Search.LATEST.withText("nightly_x")));
    assertEquals(
        List.of(1L),
        numbers(
            history,
            Search.LATEST.withText("nightly").with(Search.Aspect.PRODUCT, "00440213623048_1a")));
    assertEquals(List.of(1L), numbers(history, Search.LATEST.withText("nightly").below(3)));
    assertEquals(2, history.count(Search.LATEST.withText("nightly")));
    assertThrows(IllegalArgumentException.class, () -> Search.LATEST.withText("ni"));
  }

  @Test
  void aPartOfAnIdIsFoundAmongManyWhetherFewOrNearlyAllHaveIt() {
    var ids =
        IntStream.rangeClosed(1, 2_500)
            .mapToObj(i -> (i <= 1_200 ? "weekly_%_" : "Nightly_") + i)
            .toList();
    store()
        .append(
            batch(1),
            IntStream.range(0, ids.size()).mapToObj(i -> ended(ids.get(i), i + 1)).toList());
    var history = store().history();
    for (String part :
        List.of("nightly_", "WEEKLY", "ly_", "ly_24", "_777", "y_%_77", "%_%", "Nightly_2500")) {
      for (long below : new long[] {Long.MAX_VALUE, 2_401, 1_300, 900}) {
        var expected =
            IntStream.iterate(ids.size(), i -> i > 0, i -> i - 1)
                .filter(i -> i < below)
                .filter(i -> ids.get(i - 1).toLowerCase(Locale.ROOT).contains(lower(part)))
                .limit(100)
                .mapToObj(Long::valueOf)
                .toList();
        assertEquals(
            expected,
            numbers(history, Search.LATEST.withText(part).below(below)),
            part + " below " + below);
      }
    }
    assertEquals(1_300, history.count(Search.LATEST.withText("nightly_")));
    assertEquals(1_200, history.count(Search.LATEST.withText("weekly_%")));
  }

  private static String lower(String part) {
    return part.toLowerCase(Locale.ROOT);
  }

  @Test
  void whoMaySeeSomeProjectsFindsTheirTestsAndTheOwn() {
    var ended = IntStream.rangeClosed(1, 6).mapToObj(StoreContract::ended).toList();
    store().append(batch(1), ended);
    var history = store().history();
    var scope = new Search.Scope(java.util.Set.of("project-2", "project-4"), Optional.empty());
    var own = new Search.Scope(java.util.Set.of("project-2"), Optional.of("owner-5"));
    var nothing = new Search.Scope(java.util.Set.of(), Optional.empty());
    assertEquals(List.of(4L, 2L), numbers(history, Search.LATEST.within(scope)));
    assertEquals(List.of(5L, 2L), numbers(history, Search.LATEST.within(own)));
    assertEquals(List.of(), numbers(history, Search.LATEST.within(nothing)));
    assertEquals(2, history.count(Search.LATEST.within(scope)));
  }

  @Test
  void whatSomebodyMaySeeIsPagedInItsOrderAndEachTestOnce() {
    var ended = IntStream.rangeClosed(1, 30).mapToObj(StoreContract::ended).toList();
    store().append(batch(1), ended);
    var history = store().history();
    var seen = new Search.Scope(projects(3, 9, 12, 20, 28), Optional.of("owner-12"));
    var first = Search.LATEST.within(seen).atMost(3);
    assertEquals(List.of(28L, 20L, 12L), numbers(history, first));
    assertEquals(List.of(9L, 3L), numbers(history, first.below(12)));
    assertEquals(List.of(20L), numbers(history, first.with(Search.Aspect.PROJECT, "project-20")));
    assertEquals(List.of(), numbers(history, first.with(Search.Aspect.PROJECT, "project-21")));
    assertEquals(List.of(12L), numbers(history, first.with(Search.Aspect.OWNER, "owner-12")));
    assertEquals(List.of(28L, 20L, 12L), numbers(history, first.withText("smoke")));
    var many =
        new Search.Scope(projects(IntStream.range(2, 400).toArray()), Optional.of("owner-1"));
    assertEquals(List.of(30L, 29L, 28L), numbers(history, first.within(many)));
    assertEquals(30, history.count(Search.LATEST.within(many)));
  }

  private static Set<String> projects(int... numbers) {
    return IntStream.of(numbers).mapToObj(number -> "project-" + number).collect(toSet());
  }

  @Test
  void aTimeIsFoundAmongMany() {
    var ended = IntStream.rangeClosed(1, 30).mapToObj(StoreContract::ended).toList();
    store().append(batch(1), ended);
    var history = store().history();
    var at = ended.get(9).times().ended();
    assertEquals(
        List.of(11L, 10L),
        numbers(history, Search.LATEST.since(at).before(at.plus(Duration.ofMinutes(2)))));
    assertEquals(21, history.count(Search.LATEST.since(at)));
    assertEquals(9, history.count(Search.LATEST.before(at)));
    assertEquals(List.of(), numbers(history, Search.LATEST.since(at.plus(LONG))));
  }

  @Test
  void countsByFaultAndCodeFollowWhatIsDropped() {
    retention = Retention.of(LONG, Duration.ofMinutes(5));
    var ended = IntStream.rangeClosed(1, 300).mapToObj(StoreContract::ended).toList();
    store().append(batch(1), ended.subList(0, 100));
    store().append(batch(2), ended.subList(100, 300));
    assertEquals(300, store().history().count(Search.LATEST.with(Search.Aspect.FAULT, "node")));
    assertEquals(1, store().history().count(Search.LATEST.with(Search.Aspect.CODE, "code-7")));
    store().checkpoint(2, image(2, ended.get(299).times().ended()));
    var history = reopened().history();
    assertEquals(6, history.count(Search.LATEST.with(Search.Aspect.FAULT, "node")));
    assertEquals(0, history.count(Search.LATEST.with(Search.Aspect.CODE, "code-7")));
    assertEquals(0, history.count(Search.LATEST.with(Search.Aspect.FAULT, "test")));
    assertEquals(6, history.count(Search.LATEST.with(EndedTest.Verdict.FAILED)));
    assertEquals(List.of(), numbers(history, Search.LATEST.withText("smoke_12")));
    assertEquals(List.of(300L), numbers(history, Search.LATEST.withText("smoke_300")));
  }

  private static List<Long> numbers(History history, Search search) {
    return history.find(search).stream().map(History.Entry::number).toList();
  }

  @Test
  void historyIsReadPageByPageTheLastEndedFirst() {
    var ended = IntStream.rangeClosed(1, 25).mapToObj(StoreContract::ended).toList();
    store().append(batch(1), ended.subList(0, 20));
    store().append(batch(2), ended.subList(20, 25));
    var read = new ArrayList<EndedTest>();
    var search = Search.LATEST.atMost(10);
    var page = store().history().find(search);
    while (!page.isEmpty()) {
      page.forEach(entry -> read.add(entry.test()));
      page = store().history().find(search.below(page.get(page.size() - 1).number()));
    }
    var latestFirst = new ArrayList<>(ended);
    java.util.Collections.reverse(latestFirst);
    assertEquals(latestFirst, read);
    assertEquals(25, store().history().count(search));
  }

  @Test
  void historyReachesBackAsFarAsItsRetention() {
    retention = Retention.of(LONG, Duration.ofMinutes(5));
    var ended = IntStream.rangeClosed(1, 700).mapToObj(StoreContract::ended).toList();
    store().append(batch(1), ended);
    store().checkpoint(1, image(1, ended.get(699).times().ended()));
    assertEquals(6, store().history().count(Search.LATEST));
    assertEquals(
        List.of(new History.Entry(700, ended.get(699))),
        store().history().find(Search.LATEST.atMost(1)));
    assertEquals(
        0, store().history().count(Search.LATEST.with(Search.Aspect.PRODUCT, "00440213623048_2b")));
  }

  @Test
  void aTestOfAnyTextIsKept() {
    var odd = "ä\u0000'\"\\%_\uD83D\uDE00\n" + "x".repeat(3000);
    var ended = ended(odd, 1);
    store().append(batch(1), List.of(ended));
    assertEquals(ended, reopened().history().find(Search.LATEST).get(0).test());
    assertEquals(1, store().history().count(Search.LATEST.with(Search.Aspect.ID, odd)));
  }

  // ---- made up

  private void appendUpTo(long last) {
    LongStream.rangeClosed(1, last).forEach(number -> store().append(batch(number), List.of()));
  }

  /** What a batch of this number is in all these tests. */
  public static Batch batch(long number) {
    var made = new MadeUp(number);
    var steps = new ArrayList<Step>();
    for (int i = 0; i <= number % 4; i++) {
      steps.add(
          new Step(
              made.one(Event.class), i % 2 == 0 ? List.of() : List.of(made.one(Decision.class))));
    }
    return new Batch(number, steps);
  }

  /** What an image behind a batch is, taken at some time. */
  public static FarmImage image(long batch, Instant at) {
    var made = new MadeUp(batch).one(FarmImage.class);
    return new FarmImage(
        made.settings(),
        new FarmImage.Count(batch, 1, at, 0, Duration.ZERO),
        made.nodes(),
        made.products(),
        made.tests(),
        made.groups(),
        made.clients(),
        made.ended(),
        made.pastProducts(),
        made.pastNodes(),
        made.laps(),
        made.habits(),
        made.wholes(),
        made.packages());
  }

  /** An image of some megabytes. */
  private static FarmImage bigImage() {
    var image = image(1, T0);
    var made = new MadeUp(9);
    var tests =
        IntStream.range(0, 1500)
            .mapToObj(i -> made.one(com.nokia.ci.tas.service.farm.LiveTest.class))
            .toList();
    return new FarmImage(
        image.settings(),
        image.count(),
        image.nodes(),
        image.products(),
        tests,
        image.groups(),
        image.clients(),
        image.ended(),
        image.pastProducts(),
        image.pastNodes(),
        image.laps(),
        image.habits(),
        image.wholes(),
        image.packages());
  }

  private static EndedTest ended(int number) {
    return ended("smoke_" + number, number);
  }

  private static EndedTest ended(String id, int number) {
    var at = T0.plus(Duration.ofMinutes(number));
    var products = List.of(product(number + "a"), product(number + "b"));
    var test =
        TestDescription.named(RuntimeId.of(id))
            .with(
                new TestOrigin(
                    "/workspace",
                    "",
                    Optional.of(new ProjectId("project-" + number)),
                    Optional.of(new UserId("owner-" + number))))
            .with(TestProgress.NONE.reserving(products));
    return new EndedTest(
        test,
        new ClientId(new Endpoint(CLIENT.host(), 5000 + number)),
        EndedTest.Verdict.FAILED,
        Optional.of(new Reason(Fault.NODE, "code-" + number, "the node is gone")),
        2,
        Optional.of(new NodeId(new Endpoint(NODE.host(), 33_000 + number))),
        new EndedTest.Times(T0, Optional.of(T0.plusSeconds(1)), Optional.empty(), at));
  }

  private static ProductDescription product(String number) {
    return ProductDescription.of(
        Map.of(
            ProductAttribute.IMEI.text(),
            "00440213623048_" + number,
            ProductAttribute.RM_CODE.text(),
            "RM-763"));
  }

  /** All batches of a past. */
  public static List<Batch> batches(Past past) {
    var batches = new ArrayList<Batch>();
    past.forEach(batches::add);
    assertTrue(batches.stream().allMatch(batch -> !batch.steps().isEmpty()));
    return batches;
  }
}
