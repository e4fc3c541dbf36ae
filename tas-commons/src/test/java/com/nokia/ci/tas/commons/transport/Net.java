package com.nokia.ci.tas.commons.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.nokia.ci.tas.commons.Closing;
import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.TextMessage;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.xml.Dialect;
import com.nokia.ci.tas.commons.xml.MessageCodec;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.LoggerFactory;

/**
 * The network of one test, and values for it. Closing it fails when a thread of its transports or a
 * buffer is left.
 */
final class Net implements AutoCloseable {
  static final Endpoint CLIENT = new Endpoint("client", 20_321);
  static final Endpoint SERVICE = new Endpoint("service", 31_415);
  static final TestDescription NIGHTLY = TestDescription.named(RuntimeId.of("nightly"));

  /** For who is to hear a refusal, however slow the machine is. */
  static final Deadlines PATIENT =
      Deadlines.DEFAULT.withConnect(Duration.ofSeconds(60)).withPeerClose(Duration.ofSeconds(60));

  private static final long PATIENCE = Duration.ofSeconds(60).toNanos();

  private final List<Closeable> open = new ArrayList<>();
  private final List<NettyTransport> transports = new ArrayList<>();
  private final ListAppender<ILoggingEvent> leaks = new ListAppender<>();

  Net() {
    leaks.start();
    leakLogger().addAppender(leaks);
  }

  Transport transport(TransportSettings settings) {
    var transport = new NettyTransport(settings);
    open.add(0, transport::close);
    transports.add(transport);
    return transport;
  }

  Transport transport() {
    return transport(TransportSettings.defaults());
  }

  Transport transport(Deadlines deadlines) {
    return transport(TransportSettings.defaults().with(deadlines));
  }

  Transport transport(Caps caps) {
    return transport(TransportSettings.defaults().with(caps));
  }

  RawPeer connect(Listener to) {
    try {
      var peer = new RawPeer(to.port());
      open.add(0, peer);
      return peer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A port that nobody listens on and that nobody else can take until the socket is closed. */
  Socket silentPort() throws IOException {
    var socket = new Socket();
    open.add(socket);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return socket;
  }

  static Endpoint at(Socket silentPort) {
    return new Endpoint("127.0.0.1", silentPort.getLocalPort());
  }

  static Endpoint at(Listener listener) {
    return new Endpoint("127.0.0.1", listener.port());
  }

  static TextMessage text(String text) {
    return new TextMessage(CLIENT, SERVICE, NIGHTLY, text);
  }

  static FileOperation put(String name, long size) {
    return new FileOperation(
        CLIENT, SERVICE, FileOperation.Kind.PUT, NIGHTLY, new FileReference(name, "", size));
  }

  static byte[] encoded(Message message) {
    return new MessageCodec().write(message, Dialect.ESCAPED);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static <T> T result(CompletableFuture<T> future) {
    try {
      return future.get(PATIENCE, TimeUnit.NANOSECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  static Throwable failure(CompletableFuture<?> future) {
    try {
      throw new AssertionError("succeeded with " + future.get(PATIENCE, TimeUnit.NANOSECONDS));
    } catch (ExecutionException e) {
      return e.getCause();
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("did not happen in time");
      }
      LockSupport.parkNanos(200_000);
    }
  }

  @Override
  public void close() {
    try {
      Closing.all(open.toArray(AutoCloseable[]::new));
      until(() -> transports.stream().allMatch(NettyTransport::hasEnded));
      for (int i = 0; i < 3; i++) {
        System.gc();
        ByteBufAllocator.DEFAULT.directBuffer(16).release();
        ByteBufAllocator.DEFAULT.heapBuffer(16).release();
      }
    } finally {
      leakLogger().detachAppender(leaks);
    }
    assertEquals(List.of(), leaks.list, "leaked buffers");
  }

  private static Logger leakLogger() {
    return (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
  }
}
