package com.nokia.ci.tas.communicator.artifact;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.ContentDigest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many small files in few: nothing wrong is given out, and nothing grows without end. */
final class SmallFilesTest {
  private static final Clock T0 =
      Clock.fixed(Instant.parse("2020-02-02T02:02:02Z"), ZoneOffset.UTC);
  private static final long VOLUME = 10_000;
  private static final int HEAD = 36;

  @TempDir Path directory;
  private final Random random = new Random(5);

  @Test
  void whatWasKeptIsReadAgainByTheNextLife() throws Exception {
    var files = open();
    var contents = List.of(new byte[0], content(1), content(5_000), content(SmallFiles.LARGEST));
    for (byte[] content : contents) {
      files.add(content, digest(content));
    }

    var next = open();

    assertEquals(
        contents.stream().map(SmallFilesTest::digest).toList(),
        next.found().stream().map(SmallFiles.Found::digest).toList());
    for (byte[] content : contents) {
      assertArrayEquals(content, next.read(digest(content)).orElseThrow());
    }
    assertTrue(next.read(digest(content(7))).isEmpty());
  }

  @Test
  void whatAKillLeftAtTheEndIsNothingAndTheNextTakesItsPlace() throws Exception {
    var whole = content(100);
    var cut = content(200);
    open().add(whole, digest(whole));
    long end = Files.size(volume(1));
    open().add(cut, digest(cut));
    for (long length : List.of(end + 1, end + HEAD - 1, end + HEAD, end + HEAD + 199)) {
      try (var channel = FileChannel.open(volume(1), StandardOpenOption.WRITE)) {
        channel.truncate(length);
      }
      assertArrayEquals(whole, open().read(digest(whole)).orElseThrow());
      assertTrue(open().read(digest(cut)).isEmpty());

      open().add(cut, digest(cut));

      assertArrayEquals(cut, open().read(digest(cut)).orElseThrow());
      assertEquals(end + HEAD + 200, Files.size(volume(1)));
    }
  }

  @Test
  void nonsenseInAVolumeIsNoFile() throws Exception {
    for (int round = 0; round < 50; round++) {
      var nonsense = content(300);
      Files.write(volume(round + 1), nonsense);
    }
    Files.createSymbolicLink(volume(99), Files.writeString(directory.resolve("precious"), "12345"));
    var files = open();
    var content = content(10);

    files.add(content, digest(content));

    assertEquals(1, files.found().size());
    assertArrayEquals(content, open().read(digest(content)).orElseThrow());
    assertEquals("12345", Files.readString(directory.resolve("precious")));
    assertTrue(Files.isRegularFile(volume(100)));
  }

  @Test
  void aSpoiltFileIsNotGivenAndIsKeptAnewWhenItComesAgain() throws Exception {
    var content = content(100);
    open().add(content, digest(content));
    byte[] bytes = Files.readAllBytes(volume(1));
    bytes[HEAD + 50] ^= 4;
    Files.write(volume(1), bytes);
    var files = open();
    assertTrue(files.read(digest(content)).isEmpty());

    files.add(content, digest(content));

    assertArrayEquals(content, files.read(digest(content)).orElseThrow());
    assertArrayEquals(content, open().read(digest(content)).orElseThrow());
  }

  @Test
  void aVolumeGoesWithTheLastThatIsWantedOfIt() throws Exception {
    var files = open();
    var digests = add(files, 25, 1_000);
    assertEquals(List.of("small-1", "small-2", "small-3"), names());

    digests.subList(0, 9).forEach(files::remove);
    assertEquals(List.of("small-1", "small-2", "small-3"), names());
    files.remove(digests.get(9));
    assertEquals(List.of("small-2", "small-3"), names());
    digests.forEach(files::remove);
    assertEquals(List.of(), names());

    var more = add(files, 1, 1_000);
    assertEquals(List.of("small-4"), names());
    assertTrue(open().read(more.get(0)).isPresent());
  }

  @Test
  void whatIsNotWantedTakesNoMoreThanWhatIsAndAVolume() throws Exception {
    var files = open();
    var wanted = new ArrayList<ContentDigest>();
    long largest = 0;
    for (int night = 0; night < 40; night++) {
      var digests = add(files, 20, 1_000);
      wanted.add(digests.get(0));
      digests.subList(1, 20).forEach(files::remove);
      largest = Math.max(largest, stored() - 2L * wanted.size() * (HEAD + 1_000));
    }

    assertTrue(largest <= VOLUME + 20 * (HEAD + 1_000), largest + " bytes too many");
    for (var digest : wanted) {
      assertTrue(files.read(digest).isPresent());
    }
    assertTrue(open().found().size() >= wanted.size());
  }

  private SmallFiles open() throws IOException {
    return SmallFiles.in(directory, VOLUME, T0);
  }

  private List<ContentDigest> add(SmallFiles files, int count, int length) throws IOException {
    var digests = new ArrayList<ContentDigest>();
    for (int i = 0; i < count; i++) {
      byte[] content = content(length);
      files.add(content, digest(content));
      digests.add(digest(content));
    }
    return digests;
  }

  private byte[] content(int length) {
    byte[] content = new byte[length];
    random.nextBytes(content);
    return content;
  }

  private static ContentDigest digest(byte[] content) {
    try {
      return ContentDigest.of(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private Path volume(int number) {
    return directory.resolve("small-" + number);
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private long stored() throws IOException {
    long bytes = 0;
    for (String name : names()) {
      bytes += Files.size(directory.resolve(name));
    }
    return bytes;
  }
}
