package com.nokia.ci.tas.communicator.artifact;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.ContentDigest;
import com.nokia.ci.tas.commons.transport.DigestBook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept, for how long, and that nothing wrong is ever given out. */
final class ArtifactCacheTest {
  private static final Instant T0 = Instant.parse("2020-02-02T02:02:02Z");

  @TempDir Path directory;
  private final Ticking clock = new Ticking();
  private Path place;

  @BeforeEach
  void makePlace() throws IOException {
    place = Files.createDirectory(directory.resolve("workspace")).resolve("a.img");
  }

  @Test
  void whatWasAddedIsFoundByItsDigestAndPutIntoAWorkspace() throws IOException {
    var cache = open(CacheLimits.of(1000));
    var digest = add(cache, "image");

    try (var held = cache.take(digest).orElseThrow()) {
      held.placeAt(place);
    }

    assertEquals("image", Files.readString(place));
    assertEquals(new CacheFigures(1, 5, 1000, 1, 1, 0), cache.figures());
    assertEquals(List.of("a.img"), names(place.getParent()));
  }

  @Test
  void theLongestUnusedGoesFirst() throws IOException {
    var cache = open(CacheLimits.of(10));
    var first = add(cache, "12345");
    var second = add(cache, "abcde");
    cache.take(first).orElseThrow().close();

    var third = add(cache, "ABCDE");

    assertTrue(cache.has(first));
    assertFalse(cache.has(second));
    assertTrue(cache.has(third));
    assertFalse(Files.exists(directory.resolve("cache").resolve(second.text())));
  }

  @Test
  void theOrderOfUseSurvivesARestart() throws IOException {
    var before = open(CacheLimits.of(10));
    var first = add(before, "12345");
    var second = add(before, "abcde");
    before.take(first).orElseThrow().close();

    var cache = open(CacheLimits.of(10));
    var third = add(cache, "ABCDE");

    assertTrue(cache.has(first));
    assertFalse(cache.has(second));
    assertTrue(cache.has(third));
  }

  @Test
  void whatARunUsesIsNotEvictedHoweverMuchItIs() throws IOException {
    var cache = open(CacheLimits.of(4));
    var digest = digestOf("12345");
    var used = cache.add("12345".getBytes(StandardCharsets.UTF_8), digest);
    add(cache, "abc");

    assertTrue(cache.has(digest));
    used.placeAt(place);
    assertEquals("12345", Files.readString(place));

    used.close();
    assertFalse(cache.has(digest));
    assertEquals(0, cache.figures().bytes());
  }

  @Test
  void aFileWithAFlippedBitIsFoundAndThrownAway() throws IOException {
    var cache = open(CacheLimits.of(1000));
    var digest = add(cache, "image");
    clock.pass(Duration.ofSeconds(1));

    flip(directory.resolve("cache").resolve(digest.text()));

    assertTrue(cache.take(digest).isEmpty());
    assertFalse(cache.has(digest));
    assertEquals(1, cache.figures().broken());
    assertEquals(List.of(".names"), names(directory.resolve("cache")));
  }

  @Test
  void aBitThatFlippedWhileTheNodeWasDownIsFoundThoughTheTimesAreAsBefore() throws IOException {
    var digest = add(open(CacheLimits.of(1000)), "image");
    Path file = directory.resolve("cache").resolve(digest.text());
    FileTime time = Files.getLastModifiedTime(file);
    flip(file);
    Files.setLastModifiedTime(file, time);

    assertTrue(open(CacheLimits.of(1000)).take(digest).isEmpty());
  }

  @Test
  void whatAKillLeftHalfWrittenIsNeverGivenAndItsPlaceIsTakenByTheWholeFile() throws IOException {
    var digest = digestOf("image");
    Path file = Files.createDirectories(directory.resolve("cache")).resolve(digest.text());
    Files.writeString(file, "ima");
    var cache = open(CacheLimits.of(1000));
    assertTrue(cache.take(digest).isEmpty());
    Files.writeString(file, "imag");

    add(cache, "image");

    cache.take(digest).orElseThrow().placeAt(place);
    assertEquals("image", Files.readString(place));
    assertEquals(5, cache.figures().bytes());
    assertEquals(2, names(directory.resolve("cache")).size(), "the file and the names");
  }

  @Test
  void aFileThatIsRightIsTakenAgainAfterARestartAndWhenItWasMerelyTouched() throws IOException {
    var digest = add(open(CacheLimits.of(1000)), "image");
    var cache = open(CacheLimits.of(1000));
    assertTrue(cache.take(digest).isPresent());

    Files.setLastModifiedTime(
        directory.resolve("cache").resolve(digest.text()), FileTime.from(T0.minusSeconds(1)));

    assertTrue(cache.take(digest).isPresent());
  }

  @Test
  void aFileThatWasDeletedIsNotThere() throws IOException {
    var cache = open(CacheLimits.of(1000));
    var digest = add(cache, "image");

    Files.delete(directory.resolve("cache").resolve(digest.text()));

    assertTrue(cache.take(digest).isEmpty());
    add(cache, "image");
    assertTrue(cache.take(digest).isPresent());
  }

  @Test
  void aCopyMayBeWrittenToWithoutHarm() throws IOException {
    var cache = open(CacheLimits.of(1000));
    var digest = add(cache, "image");
    cache.take(digest).orElseThrow().placeAt(place);

    Files.writeString(place, "spoilt");

    assertTrue(cache.take(digest).isPresent());
  }

  @Test
  void aLargeFileIsLinkedWithoutThePermissionToWrite() throws IOException {
    var cache = open(CacheLimits.of(1000).linkingFrom(5));
    var digest = add(cache, "image");

    cache.take(digest).orElseThrow().placeAt(place);

    assertTrue(Files.isSameFile(place, directory.resolve("cache").resolve(digest.text())));
    assertFalse(
        Files.getPosixFilePermissions(place).stream()
            .anyMatch(permission -> permission.name().endsWith("_WRITE")));
  }

  @Test
  void whoWritesIntoALinkedFileHarmsNobodyWhoTakesItLater() throws IOException {
    var cache = open(CacheLimits.of(1000).linkingFrom(5));
    var digest = add(cache, "image");
    cache.take(digest).orElseThrow().placeAt(place);
    clock.pass(Duration.ofSeconds(1));

    flip(place);

    assertTrue(cache.take(digest).isEmpty());
    add(cache, "image");
    Path next = place.resolveSibling("b.img");
    cache.take(digest).orElseThrow().placeAt(next);
    assertEquals("image", Files.readString(next));
  }

  @Test
  void whatIsPlacedReplacesWhatStandsThereAndFollowsNoLink() throws IOException {
    var cache = open(CacheLimits.of(1000).linkingFrom(5));
    placedTwice(cache.take(add(cache, "image")).orElseThrow());
  }

  /** Over a link the first time, over itself the second. */
  private void placedTwice(CachedFile held) throws IOException {
    Path outside = Files.writeString(directory.resolve("outside"), "precious");
    Files.createSymbolicLink(place, outside);

    held.placeAt(place);
    held.placeAt(place);

    assertFalse(Files.isSymbolicLink(place));
    assertEquals("image", Files.readString(place));
    assertEquals("precious", Files.readString(outside));
    assertEquals(List.of("a.img"), names(place.getParent()));
  }

  @Test
  void whatAnEarlierLifeLeftHalfDoneIsDeletedAtTheStart() throws IOException {
    Path half = directory.resolve("cache/.arriving/nightly_2/.a.img.5.part");
    Files.createDirectories(half.getParent());
    Files.writeString(half, "im");
    Files.writeString(directory.resolve("cache/.moving"), "im");

    open(CacheLimits.of(1000));

    assertEquals(List.of(".names"), names(directory.resolve("cache")));
  }

  @Test
  void whatALargeFileWasCalledSurvivesARestart() throws IOException {
    var before = open(CacheLimits.of(10 << 20));
    var large = Files.write(directory.resolve("large"), new byte[1 << 20]);
    var digest = DigestBook.digest(large);
    var file = before.add(large, digest);
    before.called(file, "a b.img");
    before.called(file, "c.img");

    var cache = open(CacheLimits.of(10 << 20));

    assertEquals(Optional.of(digest), cache.named("a b.img"));
    assertEquals(Optional.of(digest), cache.named("c.img"));
    assertEquals(Optional.empty(), cache.named("a"));
  }

  @Test
  void smallFilesShareAFileAndAreTakenAgainAfterARestart() throws IOException {
    var before = open(CacheLimits.of(1000));
    var first = addSmall(before, "12345");
    var second = addSmall(before, "abcde");

    var cache = open(CacheLimits.of(1000));
    cache.take(second).orElseThrow().placeAt(place);

    assertEquals("abcde", Files.readString(place));
    assertTrue(cache.take(first).isPresent());
    assertEquals(new CacheFigures(2, 10, 1000, 2, 0, 0), cache.figures());
    assertEquals(List.of(".names", "small-1"), names(directory.resolve("cache")));
  }

  @Test
  void ofTheSmallFilesTooTheLongestUnusedGoesFirst() throws IOException {
    var cache = open(CacheLimits.of(10));
    var first = addSmall(cache, "12345");
    var second = addSmall(cache, "abcde");
    cache.take(first).orElseThrow().close();

    var third = addSmall(cache, "ABCDE");

    assertTrue(cache.take(first).isPresent());
    assertFalse(cache.has(second));
    assertTrue(cache.take(third).isPresent());
  }

  @Test
  void smallAndOtherFilesAreOneOrderOfUseAfterARestart() throws IOException {
    var before = open(CacheLimits.of(10));
    var own = add(before, "12345");
    var small = addSmall(before, "abcde");
    before.take(own).orElseThrow().close();

    var cache = open(CacheLimits.of(10));
    addSmall(cache, "A");

    assertTrue(cache.has(own));
    assertFalse(cache.has(small));
  }

  @Test
  void aSmallFileThatWasSpoiltIsThrownAwayAndComesAgain() throws IOException {
    var digest = addSmall(open(CacheLimits.of(1000)), "image");
    Path volume = directory.resolve("cache/small-1");
    byte[] bytes = Files.readAllBytes(volume);
    bytes[bytes.length - 1] ^= 1;
    Files.write(volume, bytes);

    var cache = open(CacheLimits.of(1000));

    assertTrue(cache.take(digest).isEmpty());
    assertFalse(cache.has(digest));
    assertEquals(1, cache.figures().broken());
    addSmall(cache, "image");
    cache.take(digest).orElseThrow().placeAt(place);
    assertEquals("image", Files.readString(place));
  }

  @Test
  void aSmallFileThatIsPlacedReplacesWhatStandsThereAndFollowsNoLink() throws IOException {
    var cache = open(CacheLimits.of(1000));
    placedTwice(cache.take(addSmall(cache, "image")).orElseThrow());
  }

  @Test
  void aFileThatCameInBothWaysIsKeptOnce() throws IOException {
    var cache = open(CacheLimits.of(1000));
    var digest = add(cache, "image");
    addSmall(cache, "image");
    assertTrue(cache.take(digest).isPresent());
    assertEquals(List.of(".names", "small-1"), names(directory.resolve("cache")));

    add(cache, "image");

    assertTrue(cache.take(digest).isPresent());
    assertEquals(List.of(".names", digest.text()), names(directory.resolve("cache")));
    assertEquals(5, cache.figures().bytes());
  }

  @Test
  void aCloneIsPreferredToALink() throws IOException {
    Path from = Files.write(directory.resolve("large"), new byte[(int) Placement.CLONED_FROM]);
    var placement =
        new Placement(
            (source, target) -> {
              Files.copy(source, target);
              return true;
            },
            0);

    placement.place(from, Files.size(from), place);

    assertFalse(Files.isSameFile(from, place));
    assertArrayEquals(Files.readAllBytes(from), Files.readAllBytes(place));
  }

  private ArtifactCache open(CacheLimits limits) throws IOException {
    return ArtifactCache.open(directory.resolve("cache"), limits, clock);
  }

  private ContentDigest add(ArtifactCache cache, String content) throws IOException {
    clock.pass(Duration.ofSeconds(1));
    var digest = digestOf(content);
    cache.add(Files.writeString(directory.resolve("arrived"), content), digest).close();
    clock.pass(Duration.ofSeconds(1));
    return digest;
  }

  private ContentDigest addSmall(ArtifactCache cache, String content) throws IOException {
    var digest = digestOf(content);
    cache.add(content.getBytes(StandardCharsets.UTF_8), digest).close();
    clock.pass(Duration.ofSeconds(2));
    return digest;
  }

  private ContentDigest digestOf(String content) throws IOException {
    Path file = Files.writeString(directory.resolve("content"), content);
    return DigestBook.digest(file);
  }

  private static void flip(Path file) throws IOException {
    var bytes = Files.readAllBytes(file);
    bytes[2] ^= 1;
    file.toFile().setWritable(true);
    Files.write(file, bytes);
  }

  private static List<String> names(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Stands still until it is told. */
  private static final class Ticking extends Clock {
    private Instant now = T0;

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
