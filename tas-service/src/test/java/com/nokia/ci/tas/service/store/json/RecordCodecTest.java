package com.nokia.ci.tas.service.store.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.farm.FarmImage;
import com.nokia.ci.tas.service.farm.FarmSettings;
import com.nokia.ci.tas.service.store.Batch;
import com.nokia.ci.tas.service.store.MadeUp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RecordCodecTest {
  /** Words that stores of this format hold; an event may be added, but none renamed or removed. */
  private static final Set<String> KEPT =
      Set.of(
          "check-requested",
          "client-left",
          "client-registered",
          "client-seen",
          "client-unreachable",
          "end-delivered",
          "node-answered",
          "node-left",
          "node-ordered",
          "node-registered",
          "node-seen",
          "node-unreachable",
          "order-delivered",
          "order-undeliverable",
          "product-ordered",
          "product-removed",
          "product-reported",
          "release-ordered",
          "run-reported",
          "service-started",
          "settings-changed",
          "stop-ordered",
          "stop-requested",
          "test-submitted",
          "time-passed");

  private record Told(Event event) {}

  private record Earlier(String name, int count) {}

  private record Later(
      int count,
      String name,
      Optional<Instant> at,
      List<String> words,
      Duration patience,
      EndedTest.Times times) {}

  private record Limits(FarmSettings.Silence silence) {}

  private record OldSilence(Duration nodeCheckPeriod) {}

  private record OldLimits(OldSilence silence) {}

  private final RecordCodec<Told> codec = RecordCodec.binary(Told.class);

  static List<Class<?>> events() {
    return MadeUp.cases(Event.class);
  }

  @ParameterizedTest
  @MethodSource("events")
  void everyEventComesBackAsItWas(Class<? extends Event> type) throws IOException {
    for (long seed = 0; seed < 20; seed++) {
      var told = new Told(new MadeUp(seed).one(type));
      assertEquals(told, codec.of(codec.bytes(told)), () -> "event of " + type);
    }
  }

  @Test
  void anImageOfTheFarmComesBackAsItWas() throws IOException {
    var images = RecordCodec.binary(FarmImage.class);
    for (long seed = 0; seed < 20; seed++) {
      var image = new MadeUp(seed).one(FarmImage.class);
      assertEquals(image, images.of(images.bytes(image)));
    }
  }

  @Test
  void whatWasDecidedComesBackAsItWas() throws IOException {
    var batches = RecordCodec.binary(Batch.class);
    for (long seed = 0; seed < 20; seed++) {
      var batch = new MadeUp(seed).one(Batch.class);
      assertEquals(batch, batches.of(batches.bytes(batch)));
    }
  }

  @Test
  void aTimeComesBackToTheNanosecondHoweverFarItIs() throws IOException {
    for (var at :
        List.of(
            Instant.MIN,
            Instant.MAX,
            Instant.EPOCH,
            Instant.EPOCH.minusNanos(1),
            Instant.parse("1923-04-05T06:07:08.123456789Z"),
            Instant.parse("2026-11-20T17:00:00.000000001Z"))) {
      var told = new Told(new Event.TimePassed(at));
      assertEquals(told, codec.of(codec.bytes(told)));
    }
  }

  @Test
  void whatAnEarlierProgramDidNotWriteSaysNothing() throws IOException {
    var times =
        new EndedTest.Times(Instant.EPOCH, Optional.empty(), Optional.empty(), Instant.EPOCH);
    assertEquals(
        new Later(7, "smoke", Optional.empty(), List.of(), Duration.ZERO, times),
        RecordCodec.text(Later.class)
            .of(RecordCodec.text(Earlier.class).bytes(new Earlier("smoke", 7))));
  }

  @Test
  void whatALaterProgramWroteInAdditionIsSkipped() throws IOException {
    var written = new MadeUp(1).one(Later.class);
    assertEquals(
        new Earlier(written.name(), written.count()),
        RecordCodec.binary(Earlier.class).of(RecordCodec.binary(Later.class).bytes(written)));
  }

  @Test
  void aSettingThatAnEarlierProgramDidNotKnowHasItsDefault() throws IOException {
    var old = new OldLimits(new OldSilence(Duration.ofSeconds(3)));
    var defaults = FarmSettings.Silence.DEFAULTS;
    assertEquals(
        new Limits(
            new FarmSettings.Silence(
                Duration.ofSeconds(3),
                defaults.nodeLimit(),
                defaults.lease(),
                defaults.clientCheckPeriod())),
        RecordCodec.binary(Limits.class).of(RecordCodec.binary(OldLimits.class).bytes(old)));
  }

  @Test
  void theWordsOfEventsNeverChange() {
    var words = new TreeSet<>(((SealedShape) new Shapes(List.of()).of(Event.class)).words());
    words.retainAll(KEPT);
    assertEquals(new TreeSet<>(KEPT), words);
  }

  @Test
  void aTypeThatIsNotKnownIsTold() {
    var text = RecordCodec.text(Told.class);
    var e =
        assertThrows(
            IOException.class,
            () -> text.of("{\"event\":{\"type\":\"moon-rose\"}}".getBytes(StandardCharsets.UTF_8)));
    assertTrue(e.getMessage().startsWith("moon-rose is no Event that is known"), e::getMessage);
  }

  @Test
  void bytesThatBreakOffAreNoRecord() {
    byte[] whole = codec.bytes(new Told(new MadeUp(3).one(Event.TestSubmitted.class)));
    for (int length = 0; length < whole.length; length++) {
      byte[] part = java.util.Arrays.copyOf(whole, length);
      assertThrows(IOException.class, () -> codec.of(part));
    }
  }

  @Test
  void severalRecordsFollowEachOtherInOneStream() throws IOException {
    var out = new ByteArrayOutputStream();
    var text = RecordCodec.text(Earlier.class);
    text.write(new Earlier("a", 1), out);
    text.write(new Earlier("b", 0), out);
    assertEquals(
        "{\"name\":\"a\",\"count\":1}{\"name\":\"b\"}", out.toString(StandardCharsets.UTF_8));
  }
}
