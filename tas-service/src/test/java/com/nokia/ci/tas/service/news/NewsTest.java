package com.nokia.ci.tas.service.news;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.news.Newsflash.Topic;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is told of a farm, from snapshot to snapshot. */
@Timeout(120)
final class NewsTest {
  private final LiveFarm farm = new LiveFarm();
  private final News news = News.of(farm.snapshot(), "life");

  @AfterEach
  void close() {
    news.close();
  }

  @Test
  void everyPointOfATestIsToldInItsOrder() throws Exception {
    farm.submit("a");
    told();
    farm.submit("b");
    told();
    farm.report("a", 1, TestStatus.STARTED);
    told();
    farm.report("a", 1, TestStatus.FINISHED);
    told();

    assertEquals(
        List.of("a waiting", "a preparing", "b waiting", "a running", "a ended", "b preparing"),
        tests());
  }

  @Test
  void whatCameTogetherIsToldPointByPointAllTheSame() throws Exception {
    farm.submit("a");
    farm.report("a", 1, TestStatus.STARTED);
    farm.report("a", 1, TestStatus.FINISHED);
    told();

    assertEquals(List.of("a waiting", "a preparing", "a running", "a ended"), tests());
  }

  @Test
  void aTestThatIsTriedAgainIsToldAgain() throws Exception {
    farm.submit("a");
    farm.report("a", 1, TestStatus.STARTED);
    told();
    farm.report("a", 1, TestStatus.FAILED);
    told();

    var tests = tests();
    assertEquals(List.of("a waiting", "a preparing", "a running"), tests.subList(0, 3));
    assertTrue(tests.subList(3, tests.size()).contains("a waiting"), tests.toString());
  }

  @Test
  void whatATestWaitsForOnItsNodeIsToldWhenItIsSomethingElse() throws Exception {
    farm.submit("a");
    told();
    farm.waits("a", 1, "2G of disk");
    told();
    farm.waits("a", 1, "2G of disk");
    told();
    farm.waits("a", 1, "a quiet machine");
    told();

    assertEquals(List.of("a waiting", "a preparing"), tests(), "it is where it was");
    assertEquals(
        List.of("2G of disk", "a quiet machine"),
        news.after(0, 100).stream()
            .filter(it -> it.topic() == Topic.DETAIL)
            .map(it -> it.json().replaceAll(".*\"waitsFor\":\"([^\"]*)\".*", "$1"))
            .toList());
  }

  @Test
  void settingsThatChangedAreToldOnceHoweverMany() throws Exception {
    news.settingsChanged();
    told();

    assertEquals(List.of("changed"), of(Topic.SETTINGS));
  }

  @Test
  void aProductIsToldWhenItIsShownDifferently() throws Exception {
    farm.report(Event.Report.UPDATED, Map.of("imei", LiveFarm.IMEI, "rm-code", "RM-763"));
    told();
    assertEquals(List.of(), of(Topic.PRODUCT), "nothing that is shown has changed");

    farm.submit("a");
    told();

    assertEquals(List.of("busy"), of(Topic.PRODUCT));
    assertEquals(1, of(Topic.NODE).size(), "it has a run");
    var product = news.after(0, 100).stream().filter(it -> it.topic() == Topic.PRODUCT).findFirst();
    assertTrue(product.orElseThrow().json().contains("\"test\":\"a\""));
  }

  @Test
  void whatAPersonSaysOfAProductOrANodeIsTold() throws Exception {
    farm.note("its cable is loose");
    told();

    assertEquals(1, of(Topic.PRODUCT).size());
    assertEquals(1, of(Topic.NODE).size());
  }

  @Test
  void numbersHaveNoGapAndOneGoesOnBehindAnyOfThem() throws Exception {
    for (int i = 0; i < 20; i++) {
      farm.submit("t" + i);
      told();
    }
    long last = news.last();

    assertEquals(
        LongStream.rangeClosed(1, last).boxed().toList(),
        news.after(0, 1_000).stream().map(Newsflash::number).toList());
    for (long from = 0; from <= last; from++) {
      var behind = news.after(from, 3);
      assertEquals(Math.min(3, last - from), behind.size());
      assertTrue(behind.isEmpty() || behind.get(0).number() == from + 1);
      assertTrue(news.reachesBackTo(from));
    }
    assertFalse(news.reachesBackTo(last + 1));
    assertFalse(news.reachesBackTo(-1));
  }

  @Test
  void whatIsTooOldIsDroppedAndThatIsKnown() throws Exception {
    var few = News.of(farm.snapshot(), "life", 10);
    try {
      for (int i = 0; i < 20; i++) {
        farm.submit("t" + i);
      }
      told(few);

      assertEquals(10, few.after(0, 1_000).size());
      assertFalse(few.reachesBackTo(0));
      assertFalse(few.reachesBackTo(few.last() - 11));
      assertTrue(few.reachesBackTo(few.last() - 10));
    } finally {
      few.close();
    }
  }

  /** Waits until everything so far is told. */
  private void told() throws InterruptedException {
    told(news);
  }

  private void told(News reader) throws InterruptedException {
    reader.accept(farm.snapshot());
    var done = new CountDownLatch(1);
    reader.afterwards(done::countDown);
    assertTrue(done.await(60, TimeUnit.SECONDS));
  }

  private List<String> tests() {
    return news.after(0, 1_000).stream()
        .filter(it -> it.topic() == Topic.TEST)
        .map(it -> it.test().orElseThrow().id() + " " + it.state())
        .toList();
  }

  private List<String> of(Topic topic) {
    return news.after(0, 1_000).stream()
        .filter(it -> it.topic() == topic)
        .map(Newsflash::state)
        .toList();
  }
}
