package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.xml.MessageScanner;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the one message of a connection, hands it over and closes the connection; behind a put it
 * makes room for {@link IncomingFile}. Never waits for the peer to close.
 */
final class MessageReader extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(MessageReader.class);

  /** What a peer may send that nothing is known of but that it must offer a session. */
  private static final int LONGEST_OFFER = 256 * 1024;

  /** Up to here a part of a message is not counted. */
  private static final int UNCOUNTED = 4 * 1024;

  private final Reception reception;
  private final Peer peer;
  private final Optional<String> objection;
  private final MessageScanner scanner;
  private Optional<Future<?>> deadline = Optional.empty();

  /** What came behind the end of the message. */
  private ByteBuf unread = Unpooled.EMPTY_BUFFER;

  private Optional<FileOperation> put = Optional.empty();
  private Optional<RegistryOperation> offered = Optional.empty();
  private int scanned;
  private Optional<PartialMessages.Holder> counted = Optional.empty();
  private boolean decoding;
  private boolean over;
  private boolean peerEnded;

  /**
   * A connection that begins with a message.
   *
   * @param objection why the peer may not speak plainly; all it may do then is offer a session
   */
  MessageReader(Reception reception, Peer peer, Optional<String> objection) {
    this.reception = reception;
    this.peer = peer;
    this.objection = objection;
    int longest = reception.settings().caps().messageBytes();
    this.scanner =
        new MessageScanner(objection.isEmpty() ? longest : Math.min(longest, LONGEST_OFFER));
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    long limit = patience().toMillis();
    deadline =
        Optional.of(
            ctx.executor()
                .schedule(
                    () -> blame(ctx, "the message was not complete within " + limit + " ms"),
                    limit,
                    TimeUnit.MILLISECONDS));
  }

  private Duration patience() {
    Duration whole = reception.deadlines().message();
    Duration ofOffer = reception.where().sessions().map(it -> it.limits().offer()).orElse(whole);
    return objection.isPresent() && ofOffer.compareTo(whole) < 0 ? ofOffer : whole;
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    deadline.ifPresent(timer -> timer.cancel(false));
    counted.ifPresent(reception.partialMessages()::release);
    unread.release();
    unread = Unpooled.EMPTY_BUFFER;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object bytes) {
    unread = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), unread, (ByteBuf) bytes);
    guarded(ctx, () -> proceed(ctx));
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      peerEnded = true;
      guarded(ctx, () -> proceed(ctx));
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!over && scanned > 0) {
      reception.refusals().refused(peer, "it broke off after " + scanned + " bytes of a message");
    }
    ctx.close();
  }

  private void proceed(ChannelHandlerContext ctx) {
    if (over || decoding) {
      return;
    }
    if (put.isPresent()) {
      proceedToFile(ctx, put.get());
      return;
    }
    if (offered.isPresent()) {
      proceedToOffer(ctx, offered.get());
      return;
    }
    scan();
    if (scanner.state() != MessageScanner.State.WITHIN) {
      decode(ctx);
    } else if (peerEnded) {
      if (scanner.endOfStream()) {
        decode(ctx);
      } else {
        close(ctx);
      }
    } else {
      count(ctx);
    }
  }

  private void scan() {
    if (unread.isReadable()) {
      ByteBuffer bytes = unread.nioBuffer();
      int before = bytes.remaining();
      try {
        scanner.scan(bytes);
      } finally {
        scanned += before - bytes.remaining();
        unread.skipBytes(before - bytes.remaining());
      }
    }
    if (!unread.isReadable()) {
      unread.release();
      unread = Unpooled.EMPTY_BUFFER;
    }
  }

  private void count(ChannelHandlerContext ctx) {
    if (scanned > UNCOUNTED) {
      if (counted.isEmpty()) {
        counted =
            Optional.of(
                () ->
                    ctx.executor()
                        .execute(
                            () -> refuse(ctx, "too many long messages were coming in at once")));
      }
      reception.partialMessages().hold(counted.get(), scanned);
    }
  }

  private void decode(ChannelHandlerContext ctx) {
    byte[] bytes = scanner.message();
    var messages = new MessageDecoding(reception.codec(), reception.files());
    if (MessageDecoding.isShort(bytes)) {
      decoded(ctx, messages.now(bytes));
      return;
    }
    decoding = true;
    ctx.channel().config().setAutoRead(false);
    messages.later(
        bytes, ctx.executor(), message -> decoded(ctx, message), step -> guarded(ctx, step));
  }

  private void decoded(ChannelHandlerContext ctx, Message message) {
    decoding = false;
    if (reception.where().sessions().isPresent()
        && message instanceof RegistryOperation registration) {
      registered(ctx, registration);
      return;
    }
    if (objection.isPresent()) {
      blame(ctx, objection.get());
      return;
    }
    if (message instanceof FileOperation file && file.kind() == FileOperation.Kind.PUT) {
      put = Optional.of(file);
      if (!ctx.isRemoved()) {
        proceedToFile(ctx, file);
      }
      return;
    }
    handOver(ctx, message);
  }

  private void registered(ChannelHandlerContext ctx, RegistryOperation registration) {
    if (registration.offer().isPresent()
        && registration.kind() != RegistryOperation.Kind.DEREGISTER) {
      offered = Optional.of(registration);
      if (!ctx.isRemoved()) {
        proceedToOffer(ctx, registration);
      }
    } else {
      handOverPlainly(ctx, registration);
    }
  }

  /** Frames begin behind the line of the end of the message. */
  private void proceedToOffer(ChannelHandlerContext ctx, RegistryOperation registration) {
    scan();
    if (peerEnded) {
      handOverPlainly(ctx, registration);
    } else if (scanner.state() == MessageScanner.State.AT_FILE) {
      over = true;
      new OfferAnswer(
              ctx, reception, peer, registration, unread, () -> handOverPlainly(ctx, registration))
          .give();
    } else {
      ctx.channel().config().setAutoRead(true);
    }
  }

  /** A registration as plain peers make it, which ends the session that the peer may have had. */
  private void handOverPlainly(ChannelHandlerContext ctx, RegistryOperation registration) {
    if (objection.isPresent()) {
      blame(ctx, objection.get());
      return;
    }
    over = true;
    RegistryOperation plain = SessionDoor.plain(registration);
    CompletableFuture<Void> ready = reception.door().registeredPlainly(plain, peer);
    if (ready.isDone()) {
      handOver(ctx, plain);
    } else {
      ready.thenRun(() -> ctx.executor().execute(() -> guarded(ctx, () -> handOver(ctx, plain))));
    }
  }

  private void handOver(ChannelHandlerContext ctx, Message message) {
    over = true;
    reception.receiver().onMessage(message, peer);
    ctx.close();
  }

  private void proceedToFile(ChannelHandlerContext ctx, FileOperation file) {
    scan();
    if (peerEnded) {
      scanner.endOfStream();
    }
    if (scanner.state() == MessageScanner.State.AT_FILE) {
      askForFile(ctx, file);
    } else {
      ctx.channel().config().setAutoRead(true);
    }
  }

  private void askForFile(ChannelHandlerContext ctx, FileOperation file) {
    FileAnswer answer = reception.receiver().onFile(file, peer);
    if (answer instanceof FileAnswer.Refused refused) {
      refuse(ctx, refused.sentence());
      return;
    }
    Intake intake = intake(ctx, answer, file);
    over = true;
    ByteBuf begun = unread.retain();
    ctx.pipeline().replace(this, "file", new IncomingFile(reception, peer, file, intake));
    ctx.fireChannelRead(begun);
    if (peerEnded) {
      ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    }
  }

  private Intake intake(ChannelHandlerContext ctx, FileAnswer answer, FileOperation put) {
    if (answer instanceof FileAnswer.Relayed relayed) {
      return new HashingIntake(
          Relay.intake(relayed, put, reception.network(), ctx.executor()), reception.files());
    }
    FileSink sink = ((FileAnswer.Accepted) answer).sink();
    return StoringIntake.unverified(sink, put.file(), reception.files(), IncomingFile.WINDOW);
  }

  /** Whatever goes wrong with this connection stays with it. */
  private void guarded(ChannelHandlerContext ctx, Runnable step) {
    try {
      step.run();
    } catch (ProtocolException e) {
      blame(ctx, e.getMessage());
    } catch (RuntimeException e) {
      LOG.atError().addKeyValue("from", peer).setCause(e).log("a message could not be handled");
      refuse(ctx, "the message could not be handled because of an error on this side");
    }
  }

  private void blame(ChannelHandlerContext ctx, String sentence) {
    over = true;
    Refusing.offender(ctx, reception, peer, objection.orElse(sentence));
  }

  private void refuse(ChannelHandlerContext ctx, String sentence) {
    over = true;
    Refusing.insteadOf(ctx, reception, peer, objection.orElse(sentence));
  }

  private void close(ChannelHandlerContext ctx) {
    over = true;
    ctx.close();
  }
}
