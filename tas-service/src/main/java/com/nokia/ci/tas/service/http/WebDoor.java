package com.nokia.ci.tas.service.http;

import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.timeout.WriteTimeoutHandler;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Serves HTTP/1.1 on connections that the transport recognised as such.
 *
 * <p>Requests of one connection are answered in turn, one at a time. Pages are made on two threads
 * of their own, so that a long page delays no message. Bounds: request line 4 KiB, headers 8 KiB,
 * body 16 KiB, 30 s for the next whole request and as long for each stalled write, 256 requests
 * waiting for a thread.
 */
public final class WebDoor implements Consumer<ChannelPipeline>, AutoCloseable {
  private static final int LONGEST_LINE = 4_096;
  private static final int LONGEST_HEADERS = 8_192;
  private static final int LONGEST_BODY = 16_384;

  /** Whoever does not read has no pages made for it beyond this. */
  private static final int SEND_BUFFER = 256 * 1024;

  private static final int WAITING_REQUESTS = 256;
  private static final int THREADS = 2;
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final Answering site;
  private final Runnable end;
  private final ThreadPoolExecutor pages;

  WebDoor(Answering site) {
    this(site, () -> {});
  }

  /**
   * Opens a door.
   *
   * @param end what to do when it is closed
   */
  WebDoor(Answering site, Runnable end) {
    this.site = site;
    this.end = end;
    var number = new AtomicInteger();
    this.pages =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            DEADLINE.toSeconds(),
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_REQUESTS),
            task -> {
              var thread = new Thread(task, "tas-pages-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pages.allowCoreThreadTimeOut(true);
  }

  /** Makes a connection one of HTTP; called on its event loop. */
  @Override
  public void accept(ChannelPipeline pipeline) {
    speakHttp(pipeline, new HttpConversation(site, pages, DEADLINE));
  }

  static void speakHttp(ChannelPipeline pipeline, HttpConversation conversation) {
    var bounds =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(LONGEST_LINE)
            .setMaxHeaderSize(LONGEST_HEADERS)
            .setMaxChunkSize(LONGEST_HEADERS);
    pipeline.channel().config().setAutoRead(false);
    pipeline.channel().config().setOption(ChannelOption.SO_SNDBUF, SEND_BUFFER);
    pipeline
        .addLast(new WriteTimeoutHandler((int) DEADLINE.toSeconds()))
        .addLast(new HttpServerCodec(bounds))
        .addLast(new HttpServerKeepAliveHandler())
        .addLast(new HttpObjectAggregator(LONGEST_BODY, true))
        .addLast(new FlowControlHandler())
        .addLast(conversation);
  }

  /** Answers nothing any more. */
  @Override
  public void close() {
    pages.shutdownNow();
    end.run();
  }
}
