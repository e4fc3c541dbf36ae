package com.nokia.ci.tas.commons.transport;

import static com.nokia.ci.tas.commons.transport.Net.at;
import static com.nokia.ci.tas.commons.transport.Net.put;
import static com.nokia.ci.tas.commons.transport.ReceivingTest.content;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.FileReference;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are passed on from one plain peer to another. */
final class PlainRelayTest {
  private final Net net = new Net();
  private final BlockingQueue<PathSink> sinks = new LinkedBlockingQueue<>();
  @TempDir private Path directory;

  @AfterEach
  void closeEverything() throws IOException {
    net.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_536, 65_537, 20 << 20})
  void aFileArrivesThroughARelay(int size) throws Exception {
    Transport transport = net.transport();
    Listener receiver = transport.listen(ListenSettings.on(0), storing());
    Listener relay = transport.listen(ListenSettings.on(0), relayingTo(at(receiver)));
    Path source = Files.write(directory.resolve("source"), content(size));

    long sent = Net.result(transport.sendFile(at(relay), put("a.zip", -1), FileSource.of(source)));

    assertEquals(size, sent);
    assertArrayEquals(content(size), Files.readAllBytes(Net.result(sinks.take().stored())));
  }

  @Test
  void aFileOfUnknownSizeArrivesThroughARelay() throws Exception {
    Transport transport = net.transport();
    Listener receiver = transport.listen(ListenSettings.on(0), storing());
    Listener relay = transport.listen(ListenSettings.on(0), relayingTo(at(receiver)));
    var source =
        FileSource.of(() -> new ByteArrayInputStream(content(3 << 20)), FileReference.UNKNOWN_SIZE);

    Net.result(transport.sendFile(at(relay), put("a.zip", -1), source));

    assertArrayEquals(content(3 << 20), Files.readAllBytes(Net.result(sinks.take().stored())));
  }

  @Test
  void aRefusalIsPassedBack() throws Exception {
    Transport transport = net.transport();
    var refusing = FakeReceiver.ofFiles(put -> FileAnswer.refuse("test nightly has ended"));
    Listener receiver = transport.listen(ListenSettings.on(0), refusing);
    Listener relay = transport.listen(ListenSettings.on(0), relayingTo(at(receiver)));
    Path source = Files.write(directory.resolve("source"), content(20 << 20));

    Throwable failure =
        Net.failure(transport.sendFile(at(relay), put("a.zip", -1), FileSource.of(source)));

    assertInstanceOf(RefusedException.class, failure);
    assertTrue(failure.getMessage().endsWith("test nightly has ended"), failure.getMessage());
  }

  @Test
  void aReceiverThatIsNotThereIsTold() throws Exception {
    Transport transport = net.transport();
    Endpoint nobody = Net.at(net.silentPort());
    Listener relay = transport.listen(ListenSettings.on(0), relayingTo(nobody));
    Path source = Files.write(directory.resolve("source"), content(1 << 20));

    Throwable failure =
        Net.failure(transport.sendFile(at(relay), put("a.zip", -1), FileSource.of(source)));

    assertTrue(failure.getMessage().contains(nobody.toString()), failure.getMessage());
  }

  private FakeReceiver storing() {
    return FakeReceiver.ofFiles(
        put -> {
          var sink = PathSink.into(directory.resolve("target"), put.file().size());
          sinks.add(sink);
          return FileAnswer.accept(sink);
        });
  }

  private static FakeReceiver relayingTo(Endpoint receiver) {
    return FakeReceiver.ofFiles(put -> FileAnswer.relay(receiver, put));
  }
}
