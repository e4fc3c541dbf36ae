package com.nokia.ci.tas.service.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.service.farm.Effect;
import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.farm.distribution.Distribution;
import com.nokia.ci.tas.service.farm.distribution.Parcel;
import com.nokia.ci.tas.service.farm.distribution.Supply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a question that a distribution of others is asked. */
final class AddedDistributionsTest {
  private static final Instant T0 = Instant.parse("2026-11-20T08:00:00Z");

  private final BlockingQueue<Event> answers = new LinkedBlockingQueue<>();

  @Test
  void itIsAskedByItsNameInAnyCaseAndItsAnswerIsAnEvent() throws Exception {
    var answer = ask(" One ", distribution("one", (parcels, supply) -> List.of(parcels)));

    assertEquals(
        new Event.TestDivided(T0, new TestId("t"), 7, List.of(List.of(0, 1)), Optional.empty()),
        answer);
  }

  @Test
  void anUnknownNameIsRefusedWithTheNamesThatExist() throws Exception {
    var answer = ask("none", distribution("one", (parcels, supply) -> List.of(parcels)));

    assertEquals("unknown-distribution", answer.refusal().orElseThrow().code());
    assertEquals(
        "this service knows no distribution \"none\"; it has default, perpackage, balanced, one",
        answer.refusal().orElseThrow().sentence());
  }

  @Test
  void oneThatThrowsCostsARefusal() throws Exception {
    var answer =
        ask(
            "one",
            distribution(
                "one",
                (parcels, supply) -> {
                  throw new StackOverflowError("round and round");
                }));

    assertEquals("bad-distribution", answer.refusal().orElseThrow().code());
    assertTrue(answer.refusal().orElseThrow().sentence().contains("round and round"));
  }

  @Test
  void oneThatSaysNothingCostsARefusal() throws Exception {
    var answer = ask("one", distribution("one", (parcels, supply) -> null));

    assertEquals("bad-distribution", answer.refusal().orElseThrow().code());
  }

  @Test
  void oneThatHangsKeepsNobodyElseWaiting() throws Exception {
    var never = new CountDownLatch(1);
    var hanging =
        distribution(
            "hanging",
            (parcels, supply) -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return List.of(parcels);
            });
    var quick = distribution("quick", (parcels, supply) -> List.of(parcels));
    try (var added = AddedDistributions.of(List.of(hanging, quick), () -> T0)) {
      added.divide(question("hanging"), event -> {});
      added.divide(question("quick"), answers::add);

      assertTrue(answers.poll(30, TimeUnit.SECONDS) instanceof Event.TestDivided);
    } finally {
      never.countDown();
    }
  }

  @Test
  void aNameOfTheFarmsOwnCannotBeTaken() throws Exception {
    var taken = distribution("Default", (parcels, supply) -> List.of());
    var first = distribution("one", (parcels, supply) -> List.of(parcels));
    var second = distribution("ONE", (parcels, supply) -> List.of());

    assertTrue(ask("default", taken).refusal().isPresent());
    assertEquals(List.of(List.of(0, 1)), ask("one", first, second).parts());
  }

  @Test
  void withoutADirectoryThereAreOnlyThoseOfTheClassPath(@TempDir Path scratch) throws Exception {
    try (var added = AddedDistributions.find(scratch.resolve("plugins"), () -> T0)) {
      added.divide(question("pairs"), answers::add);

      var answer = (Event.TestDivided) answers.take();
      assertEquals("unknown-distribution", answer.refusal().orElseThrow().code());
    }
  }

  @Test
  void aJarThatIsNoneIsLeftOut(@TempDir Path scratch) throws Exception {
    Files.writeString(scratch.resolve("broken.jar"), "no jar");

    try (var added = AddedDistributions.find(scratch, () -> T0)) {
      added.divide(question("pairs"), answers::add);

      assertTrue(((Event.TestDivided) answers.take()).refusal().isPresent());
    }
  }

  private Event.TestDivided ask(String name, Distribution... there) throws Exception {
    try (var added = AddedDistributions.of(List.of(there), () -> T0)) {
      added.divide(question(name), answers::add);
      return (Event.TestDivided) answers.take();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Effect.DivideTest question(String name) {
    var parcels = new ArrayList<Parcel>();
    for (int i = 0; i < 2; i++) {
      parcels.add(new Parcel(i, "p" + i, List.of(), Optional.empty()));
    }
    return new Effect.DivideTest(
        new TestId("t"),
        7,
        name,
        List.of(new Effect.DivideTest.Portion(parcels, new Supply(2, 1))));
  }

  private static Distribution distribution(
      String name, BiFunction<List<Parcel>, Supply, List<List<Parcel>>> rule) {
    return new Distribution() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public List<List<Parcel>> divide(List<Parcel> parcels, Supply supply) {
        return rule.apply(parcels, supply);
      }
    };
  }
}
