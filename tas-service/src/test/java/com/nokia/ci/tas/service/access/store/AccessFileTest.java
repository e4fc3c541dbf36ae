package com.nokia.ci.tas.service.access.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.service.access.AccessBook;
import com.nokia.ci.tas.service.access.AccessKey;
import com.nokia.ci.tas.service.access.Keys;
import com.nokia.ci.tas.service.access.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class AccessFileTest {
  @TempDir Path directory;

  @Test
  void bookThatWasNeverWrittenIsEmpty() {
    assertEquals(AccessBook.EMPTY, file().read());
  }

  @Test
  void changeIsThereForEverybodyAndHoldsNoSecret() throws IOException {
    file().change(book -> book.with(Keys.NODE));
    assertEquals(AccessBook.EMPTY.with(Keys.NODE), file().read());
    String text = Files.readString(file().path());
    assertFalse(text.contains(Keys.NODE_TOKEN.text()), text);
  }

  @Test
  void nobodyButTheOwnerCanReadWhatIsWritten() throws IOException {
    file().change(book -> book.with(Keys.NODE));
    file().change(book -> book.with(Keys.CLIENT));
    try (Stream<Path> tree = Files.walk(directory.resolve("store"))) {
      for (Path path : tree.toList()) {
        String wanted = Files.isDirectory(path) ? "rwx------" : "rw-------";
        assertEquals(
            wanted,
            PosixFilePermissions.toString(Files.getPosixFilePermissions(path)),
            path.toString());
      }
    }
  }

  @Test
  void changesOfManyProgramsAtOnceAreAllKept() {
    var threads = Executors.newFixedThreadPool(8);
    try {
      var changes =
          IntStream.range(0, 40)
              .mapToObj(
                  any ->
                      CompletableFuture.runAsync(
                          () -> file().change(book -> book.with(someKey())), threads))
              .toArray(CompletableFuture<?>[]::new);
      CompletableFuture.allOf(changes).join();
    } finally {
      threads.shutdown();
    }
    assertEquals(40, file().read().keys().size());
  }

  @Test
  void damagedFileIsRefusedWithItsNameAndTheRemedyAndNeverReplaced() throws IOException {
    file().change(book -> book.with(Keys.NODE));
    Files.writeString(file().path(), "{\n  \"keys\": [ {\"id\": \"1\", ");
    var failure = assertThrows(SettingsException.class, () -> file().read());
    assertTrue(failure.getMessage().contains("access.json: line 2"), failure.getMessage());
    assertTrue(failure.getMessage().contains("put back a copy"), failure.getMessage());
    assertThrows(SettingsException.class, () -> file().change(book -> book.with(Keys.NODE)));
    assertTrue(Files.readString(file().path()).startsWith("{\n"), "the damaged file is left");
  }

  @Test
  void keyThatIsNotUnderstoodIsNamed() throws IOException {
    file().change(book -> book.with(Keys.NODE));
    String text = Files.readString(file().path());
    Files.writeString(file().path(), text.replace("\"node\"", "\"robot\""));
    var failure = assertThrows(SettingsException.class, () -> file().read());
    assertTrue(failure.getMessage().contains("key " + Keys.NODE.id()), failure.getMessage());
  }

  @Test
  void runningServiceTakesUpWhatAnotherProgramChanges() throws InterruptedException {
    var told = new CountDownLatch(1);
    try (var live = LiveAccess.open(file())) {
      live.onChange(
          book -> {
            if (book.key(Keys.NODE.id()).isPresent()) {
              told.countDown();
            }
          });
      file().change(book -> book.with(Keys.NODE));
      assertTrue(told.await(30, TimeUnit.SECONDS), "the change was noticed");
      assertEquals(AccessBook.EMPTY.with(Keys.NODE), live.current());
    }
  }

  @Test
  void ownChangeIsInForceAtOnce() {
    try (var live = LiveAccess.open(file())) {
      live.change(book -> book.with(Keys.NODE));
      assertEquals(AccessBook.EMPTY.with(Keys.NODE), live.current());
    }
  }

  private AccessFile file() {
    return AccessFile.in(directory.resolve("store").resolve("31415"));
  }

  private static AccessKey someKey() {
    return Keys.key(Token.random(new SecureRandom()), AccessKey.Kind.NODE, AccessKey.Grant.NONE);
  }
}
