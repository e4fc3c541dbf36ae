package com.nokia.ci.tas.commons.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that go on behind what is here of them. */
final class PathSinkTest {
  private static final byte[] FIRST = {1, 2, 3};
  private static final byte[] SECOND = {4, 5};
  private static final FileReference FILE = FileReference.named("a.zip").sized(5);

  @TempDir private Path directory;

  @Test
  void whatCameBeforeTheConnectionWasLostIsFoundAgain() throws IOException {
    lost();

    var sink = PathSink.resuming(directory.resolve("a.zip"), FILE);
    var shown = new ByteArrayOutputStream();
    assertEquals(3, sink.held());
    sink.showHeld(
        bytes ->
            shown.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining()));
    sink.write(ByteBuffer.wrap(SECOND));
    sink.completed(5);

    assertArrayEquals(FIRST, shown.toByteArray());
    assertArrayEquals(new byte[] {1, 2, 3, 4, 5}, Files.readAllBytes(directory.resolve("a.zip")));
    assertEquals(1, files());
  }

  @Test
  void whatIsBrokenIsThrownAway() throws IOException {
    var sink = PathSink.resuming(directory.resolve("a.zip"), FILE);
    sink.write(ByteBuffer.wrap(FIRST));
    sink.failed(new ProtocolException("another SHA-256"));

    assertEquals(0, files());
  }

  @Test
  void whatNobodyAskedForBeginsAtTheFirstByte() throws IOException {
    lost();

    var sink = PathSink.resuming(directory.resolve("a.zip"), FILE);
    sink.write(ByteBuffer.wrap(SECOND));
    sink.completed(2);

    assertArrayEquals(SECOND, Files.readAllBytes(directory.resolve("a.zip")));
  }

  @Test
  void anotherFileIsNotMistakenForIt() throws IOException {
    lost();

    assertEquals(0, PathSink.resuming(directory.resolve("a.zip"), FILE.sized(6)).held());
    assertEquals(
        0, PathSink.resuming(directory.resolve("a.zip"), FILE.digested("0".repeat(64))).held());
    assertEquals(
        0, PathSink.resuming(directory.resolve("a.zip"), FileReference.named("a.zip")).held());
  }

  @Test
  void twoTransfersOfOneFileDoNotMix() throws IOException {
    var one = PathSink.resuming(directory.resolve("a.zip"), FILE);
    var other = PathSink.resuming(directory.resolve("a.zip"), FILE);
    one.write(ByteBuffer.wrap(FIRST));
    other.write(ByteBuffer.wrap(SECOND));
    one.completed(3);

    assertArrayEquals(FIRST, Files.readAllBytes(directory.resolve("a.zip")));
    other.completed(2);
    assertArrayEquals(SECOND, Files.readAllBytes(directory.resolve("a.zip")));
    assertEquals(1, files());
  }

  @Test
  void aLinkInItsPlaceIsNotFollowed() throws IOException {
    Path elsewhere = Files.write(directory.resolve("elsewhere"), FIRST);
    Files.createSymbolicLink(directory.resolve(".a.zip.5.part"), elsewhere);

    var sink = PathSink.resuming(directory.resolve("a.zip"), FILE);
    assertEquals(0, sink.held());
    sink.write(ByteBuffer.wrap(SECOND));
    sink.completed(2);

    assertArrayEquals(FIRST, Files.readAllBytes(elsewhere));
    assertFalse(Files.isSymbolicLink(directory.resolve("a.zip")));
    assertTrue(Files.isSymbolicLink(directory.resolve(".a.zip.5.part")));
  }

  private void lost() throws IOException {
    var sink = PathSink.resuming(directory.resolve("a.zip"), FILE);
    sink.write(ByteBuffer.wrap(FIRST));
    sink.failed(new ConnectionLostException("gone"));
    assertEquals(1, files());
  }

  private long files() throws IOException {
    try (var files = Files.list(directory)) {
      return files.count();
    }
  }
}
