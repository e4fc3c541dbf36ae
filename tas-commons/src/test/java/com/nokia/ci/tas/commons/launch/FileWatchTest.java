package com.nokia.ci.tas.commons.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Edits of a file, however an editor makes them. */
final class FileWatchTest {
  private final AtomicInteger told = new AtomicInteger();
  @TempDir Path directory;
  private Path file;
  private FileWatch watch;

  @BeforeEach
  void watchAFile() throws IOException {
    file = Files.writeString(directory.resolve("configuration.dat"), "a=1\n");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
    watch = new FileWatch(file, told::incrementAndGet);
  }

  @Test
  void theFileAsItWasAtTheStartIsNoChange() {
    lookTwice();
    assertEquals(0, told.get());
  }

  @Test
  void anEditInPlaceIsToldOnce() throws IOException {
    Files.writeString(file, "a=2\n");
    lookTwice();
    lookTwice();
    assertEquals(1, told.get());
  }

  @Test
  void aRenameOverTheFileIsTold() throws IOException {
    Path other = Files.writeString(directory.resolve("new"), "a=2\n");
    Files.setLastModifiedTime(other, FileTime.fromMillis(1_000));
    Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
    lookTwice();
    assertEquals(1, told.get());
  }

  @Test
  void aFileThatIsStillBeingWrittenIsNotYetTold() throws IOException {
    Files.writeString(file, "");
    watch.look();
    Files.writeString(file, "a=2\nb=3\n");
    watch.look();
    assertEquals(0, told.get());
    watch.look();
    assertEquals(1, told.get());
  }

  @Test
  void aFileThatIsGoneIsNoChangeAndItsReturnIsOne() throws IOException {
    Files.delete(file);
    lookTwice();
    assertEquals(0, told.get());
    Files.writeString(file, "a=2\n");
    lookTwice();
    assertEquals(1, told.get());
  }

  @Test
  void aListenerThatThrowsIsToldOfTheNextChange() throws IOException {
    var thrower =
        new FileWatch(
            file,
            () -> {
              told.incrementAndGet();
              throw new IllegalStateException("no");
            });
    Files.writeString(file, "a=22\n");
    thrower.look();
    thrower.look();
    Files.writeString(file, "a=333\n");
    thrower.look();
    thrower.look();
    assertEquals(2, told.get());
  }

  @Test
  void aRunningWatchSeesAnEditByItself() throws Exception {
    var seen = new CountDownLatch(1);
    var running = FileWatch.start(file, seen::countDown);
    try {
      Files.writeString(file, "a=2\n");
      assertTrue(seen.await(30, TimeUnit.SECONDS), "the edit is told");
    } finally {
      running.close();
    }
  }

  private void lookTwice() {
    watch.look();
    watch.look();
  }
}
