package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.session.Frame;
import com.nokia.ci.tas.commons.xml.MessageCodec;
import io.netty.buffer.ByteBuf;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * The file streams of the two sides of one session, with a wire between them that is memory and
 * that a test may cut and join.
 */
final class StreamPair implements AutoCloseable {
  private static final Endpoint DIALLER = new Endpoint("dialler", 1);
  private static final Endpoint ACCEPTOR = new Endpoint("acceptor", 2);
  private static final int HIGH_WATER = 512 * 1024;

  private final EventLoop diallersLoop = loop("dialler");
  private final EventLoop acceptorsLoop = loop("acceptor");
  private final ExecutorService files =
      Executors.newFixedThreadPool(4, new DefaultThreadFactory("tas-file", true));
  private final AtomicLong octetsUntilCut = new AtomicLong(Long.MAX_VALUE);
  private final AtomicLong most = new AtomicLong();
  private final AtomicLong octets = new AtomicLong();
  private final FileStreams dialler;
  private final FileStreams acceptor;
  private volatile Wire wire = new Wire();

  StreamPair(
      Deadlines deadlines,
      FileSending network,
      Function<FileOperation, FileAnswer> onFileAtDialler,
      Function<FileOperation, FileAnswer> onFileAtAcceptor) {
    dialler = streams(diallersLoop, true, deadlines, network, onFileAtDialler);
    acceptor = streams(acceptorsLoop, false, deadlines, network, onFileAtAcceptor);
    join();
  }

  private static EventLoop loop(String name) {
    return new DefaultEventLoop(new DefaultThreadFactory("tas-net-" + name, true));
  }

  private FileStreams streams(
      EventLoop loop,
      boolean dials,
      Deadlines deadlines,
      FileSending network,
      Function<FileOperation, FileAnswer> onFile) {
    return new FileStreams(
        new StreamContext(
            loop,
            dials,
            new OnFile(onFile),
            new MessageCodec(),
            files,
            FileWindows.ofThisMachine(),
            deadlines,
            network));
  }

  /** Sends from the side that dialled. */
  CompletableFuture<Long> send(FileOperation put, FileSource source) {
    return dialler.send(put, source);
  }

  /** Sends from the side that accepted. */
  CompletableFuture<Long> sendBack(FileOperation put, FileSource source) {
    return acceptor.send(put, source);
  }

  /** Cuts the wire once so many octets of files have gone over it. */
  void cutAfter(long octets) {
    octetsUntilCut.set(octets);
  }

  /** Whether it was cut, and both sides are to learn of it before anything else. */
  boolean isCut() {
    return wire.told;
  }

  /** The most octets that were on the wire at a time. */
  long mostOnTheWay() {
    return most.get();
  }

  long octetsOnTheWire() {
    return octets.get();
  }

  void cut() {
    wire.cut();
  }

  /** A new wire. */
  void join() {
    octetsUntilCut.set(Long.MAX_VALUE);
    var fresh = new Wire();
    wire = fresh;
    acceptorsLoop.execute(() -> acceptor.connected(fresh.ofAcceptor));
    diallersLoop.execute(() -> dialler.connected(fresh.ofDialler));
  }

  /** The session is over. */
  void end(String why) {
    wire.cut();
    diallersLoop.execute(() -> dialler.ended(new ConnectionLostException(why)));
    acceptorsLoop.execute(() -> acceptor.ended(new ConnectionLostException(why)));
  }

  @Override
  public void close() {
    end("the test is over");
    await(diallersLoop.submit(() -> {}));
    await(acceptorsLoop.submit(() -> {}));
    files.shutdown();
    try {
      if (!files.awaitTermination(60, TimeUnit.SECONDS)) {
        throw new AssertionError("file threads did not end");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      diallersLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
      acceptorsLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }

  private static void await(io.netty.util.concurrent.Future<?> task) {
    task.awaitUninterruptibly();
  }

  /** One connection. */
  private final class Wire {
    private final Link ofDialler = new Link(diallersLoop, acceptorsLoop, ACCEPTOR, this);
    private final Link ofAcceptor = new Link(acceptorsLoop, diallersLoop, DIALLER, this);
    private volatile boolean cut;
    private volatile boolean told;

    private FileStreams other(Link link) {
      return link == ofDialler ? acceptor : dialler;
    }

    private FileStreams own(Link link) {
      return link == ofDialler ? dialler : acceptor;
    }

    private synchronized void cut() {
      if (!cut) {
        cut = true;
        diallersLoop.execute(() -> dialler.lost("the wire was cut"));
        acceptorsLoop.execute(() -> acceptor.lost("the wire was cut"));
        told = true;
      }
    }
  }

  private final class Link implements StreamLink {
    private final EventLoop from;
    private final EventLoop to;
    private final Peer peer;
    private final Wire on;
    private final AtomicInteger onTheWay = new AtomicInteger();

    private Link(EventLoop from, EventLoop to, Endpoint peer, Wire on) {
      var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
      this.from = from;
      this.to = to;
      this.on = on;
      this.peer =
          new Peer(
              loopback,
              loopback,
              /* secure= */ false,
              Optional.empty(),
              Optional.of(new SessionIdentity(peer, Optional.empty())));
    }

    @Override
    public Peer peer() {
      return peer;
    }

    @Override
    public boolean isWritable() {
      return !on.cut && onTheWay.get() < HIGH_WATER;
    }

    @Override
    public void write(Frame.OfStream frame) {
      pass(() -> on.other(this).received(frame));
    }

    @Override
    public void write(Frame.Open frame) {
      var put = (FileOperation) new MessageCodec().read(frame.xml());
      pass(() -> on.other(this).opened(frame.stream(), put));
    }

    @Override
    public void write(int stream, ByteBuf octets) {
      int count = octets.readableBytes();
      StreamPair.this.octets.addAndGet(count);
      most.accumulateAndGet(onTheWay.addAndGet(count), Math::max);
      to.execute(
          () -> {
            if (on.cut) {
              octets.release();
              return;
            }
            guarded(() -> on.other(this).received(stream, octets));
            boolean wasFull = onTheWay.getAndAdd(-count) >= HIGH_WATER;
            if (wasFull && isWritable()) {
              from.execute(
                  () -> {
                    if (!on.cut) {
                      on.own(this).writable();
                    }
                  });
            }
            if (octetsUntilCut.addAndGet(-count) <= 0) {
              on.cut();
            }
          });
    }

    private void pass(Runnable step) {
      to.execute(
          () -> {
            if (!on.cut) {
              guarded(step);
            }
          });
    }

    private void guarded(Runnable step) {
      try {
        step.run();
      } catch (ProtocolException e) {
        breakOff(e.getMessage());
      }
    }

    @Override
    public void breakOff(String why) {
      on.cut();
    }
  }

  /** Asks a function about files. */
  private record OnFile(Function<FileOperation, FileAnswer> answer) implements MessageReceiver {
    @Override
    public void onMessage(Message message, Peer peer) {
      throw new AssertionError("files only");
    }

    @Override
    public FileAnswer onFile(FileOperation put, Peer peer) {
      return answer.apply(put);
    }
  }
}
