package com.nokia.ci.tas.client.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.Test;
import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.model.Bond;
import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Small results files: they are stored whole, between two calls to the listener. */
final class ArrivingFileTest {
  private static final byte[] CONTENT = "what the executor left".getBytes(StandardCharsets.UTF_8);
  private static final Endpoint SOMEBODY = new Endpoint("somebody.invalid", 1);
  private static final Duration LONG = Duration.ofMinutes(10);

  @TempDir private Path directory;

  /** The calls to the listener that nobody has made yet. */
  private final Queue<Runnable> calls = new ArrayDeque<>();

  private final ByteArrayOutputStream stream = new ByteArrayOutputStream();
  private final List<String> failures = new ArrayList<>();
  private Creation creation = () -> Optional.empty();
  private RunningTest test;

  /** What the listener says when it is asked for a stream. */
  private interface Creation {
    Optional<OutputStream> create() throws IOException;
  }

  @BeforeEach
  void begin() {
    var own = new Test("nightly");
    own.setWorkspacePath(directory.toString());
    test =
        new RunningTest(
            own,
            TestOperation.Kind.START,
            Bond.ISSUER,
            SOMEBODY,
            new Listener(),
            new CallQueue(calls::add),
            Clock.systemUTC());
  }

  @org.junit.jupiter.api.Test
  void aFileIsThereWhenTheListenerWasAsked() throws Exception {
    var stored = whole(file(LONG));
    assertEquals(List.of(), names());
    assertFalse(stored.isDone());

    makeCalls();

    stored.get(60, TimeUnit.SECONDS);
    assertEquals(List.of("r.txt"), names());
    assertEquals(new String(CONTENT, StandardCharsets.UTF_8), text());
    assertTrue(test.arrivals().isQuiet());
    assertEquals(List.of(), failures);
  }

  @org.junit.jupiter.api.Test
  void aStreamOfTheListenerGetsIt() throws Exception {
    creation = () -> Optional.of(stream);

    var stored = whole(file(LONG));
    makeCalls();

    stored.get(60, TimeUnit.SECONDS);
    assertEquals(
        new String(CONTENT, StandardCharsets.UTF_8), stream.toString(StandardCharsets.UTF_8));
    assertEquals(List.of(), names());
  }

  @org.junit.jupiter.api.Test
  void whatAListenerThrowsIsTheReason() {
    creation =
        () -> {
          throw new IllegalStateException("no more room for it");
        };

    var stored = whole(file(LONG));
    makeCalls();

    assertTrue(reason(stored).endsWith("no more room for it"), reason(stored));
    assertEquals(1, failures.size());
    assertTrue(test.arrivals().isQuiet());
  }

  @org.junit.jupiter.api.Test
  void aListenerThatDoesNotAnswerInTimeGetsNothingAfterwards() throws Exception {
    var file = file(Duration.ZERO);

    var stored = whole(file);

    assertEquals("createFile of r.txt was not answered within 0 s", reason(stored));
    file.failed(new IOException(reason(stored)));
    makeCalls();
    assertEquals(List.of(), names());
    assertEquals(List.of("createFile of r.txt was not answered within 0 s"), failures);
  }

  @org.junit.jupiter.api.Test
  void aConnectionThatIsLostBehindTheLastByteTakesNothingBack() throws Exception {
    var file = file(LONG);
    var unused = whole(file);
    makeCalls();

    file.failed(new ConnectionLostException("the wire was cut"));

    assertEquals(List.of("r.txt"), names());
    assertEquals(List.of(), failures);
  }

  private ArrivingFile file(Duration patience) {
    var put =
        new FileOperation(
            SOMEBODY,
            SOMEBODY,
            FileOperation.Kind.PUT,
            TestDescription.named(new RuntimeId(new TestId("nightly"), "")),
            FileReference.named("r.txt").sized(CONTENT.length));
    return new ArrivingFile(
        test, put, patience, cause -> failures.add(String.valueOf(cause.getMessage())));
  }

  /** All of its bytes have come. */
  private static CompletableFuture<?> whole(ArrivingFile file) {
    try {
      assertTrue(file.isBrief());
      file.write(ByteBuffer.wrap(CONTENT, 0, 4));
      file.write(ByteBuffer.wrap(CONTENT, 4, CONTENT.length - 4));
      return file.completing(CONTENT.length).toCompletableFuture();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void makeCalls() {
    for (var call = calls.poll(); call != null; call = calls.poll()) {
      call.run();
    }
  }

  private static String reason(CompletableFuture<?> stored) {
    var failure = assertThrows(ExecutionException.class, () -> stored.get(60, TimeUnit.SECONDS));
    return String.valueOf(failure.getCause().getMessage());
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private String text() throws IOException {
    return Files.readString(directory.resolve("r.txt"));
  }

  private final class Listener extends SilentObserver {
    @Override
    public Optional<OutputStream> create(String where, String name) throws IOException {
      return creation.create();
    }
  }
}
