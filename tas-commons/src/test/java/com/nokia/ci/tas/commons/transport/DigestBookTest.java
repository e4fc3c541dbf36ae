package com.nokia.ci.tas.commons.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.nokia.ci.tas.commons.model.ContentDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Digests are taken once for each version of a file. */
final class DigestBookTest {
  private static final Instant T0 = Instant.parse("2020-02-02T02:02:02Z");
  private static final ContentDigest OF_ABC =
      new ContentDigest("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

  @TempDir private Path directory;
  private final DigestBook book = new DigestBook(Clock.fixed(T0, ZoneOffset.UTC));
  private Path file;

  @BeforeEach
  void writeFile() throws IOException {
    file = Files.writeString(directory.resolve("a.img"), "abc");
    Files.setLastModifiedTime(file, FileTime.from(T0.minusSeconds(60)));
  }

  @Test
  void aDigestIsKnownOnceItWasTaken() throws IOException {
    assertEquals(Optional.empty(), book.known(file));

    assertEquals(OF_ABC, book.of(file));

    assertEquals(Optional.of(OF_ABC), book.known(file));
  }

  @Test
  void aVersionWithAnotherTimeIsAnotherFile() throws IOException {
    book.of(file);
    Files.writeString(file, "abd");
    Files.setLastModifiedTime(file, FileTime.from(T0.minusSeconds(30)));

    assertEquals(Optional.empty(), book.known(file));
    assertEquals(DigestBook.digest(file), book.of(file));
  }

  @Test
  void whatWasChangedJustNowIsTakenAgain() throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(T0.minusMillis(500)));
    book.of(file);

    assertEquals(Optional.empty(), book.known(file));
  }

  @Test
  void whatIsWrongIsForgotten() throws IOException {
    book.of(file);

    book.reading(file).forget();

    assertEquals(Optional.empty(), book.known(file));
  }

  @Test
  void whatSomebodyElseHasReadIsKnown() throws IOException {
    var reading = book.reading(file);

    reading.note(OF_ABC);

    assertEquals(Optional.of(OF_ABC), book.known(file));
  }

  @Test
  void whatWasChangedWhileItWasReadIsNotKnown() throws IOException {
    var reading = book.reading(file);
    Files.writeString(file, "abcd");

    reading.note(OF_ABC);

    assertEquals(Optional.empty(), book.known(file));
  }

  @Test
  void aFileThatIsNotThereHasNone() {
    assertEquals(Optional.empty(), book.known(directory.resolve("none")));
    assertThrows(IOException.class, () -> book.of(directory.resolve("none")));
  }
}
