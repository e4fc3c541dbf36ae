package com.nokia.ci.tas.client.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.BiConsumer;

/**
 * Reads one stream of server-sent events. Calls come one after another, on a thread of the HTTP
 * client. Its end, an error or {@link #cancel} completes the body.
 */
final class EventStream implements HttpResponse.BodySubscriber<Void> {
  private static final int LONGEST_LINE = 1 << 20;

  private final BiConsumer<String, String> listener;
  private final CompletableFuture<Void> body = new CompletableFuture<>();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private volatile Flow.Subscription subscription;
  private volatile OptionalLong lastHeard = OptionalLong.empty();
  private String event = "";
  private String data = "";

  /**
   * Reads nothing yet.
   *
   * @param listener gets the name and the data of each event
   */
  EventStream(BiConsumer<String, String> listener) {
    this.listener = listener;
  }

  /**
   * When anything was heard last, heartbeats included, as {@link System#nanoTime} has it; empty:
   * nothing was.
   */
  OptionalLong lastHeard() {
    return lastHeard;
  }

  /** Hears no more, and closes the connection. */
  void cancel() {
    var current = subscription;
    if (current != null) {
      current.cancel();
    }
    body.completeExceptionally(new IOException("nothing more is heard of it"));
  }

  @Override
  public CompletionStage<Void> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    if (body.isDone()) {
      given.cancel();
    } else {
      given.request(Long.MAX_VALUE);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    lastHeard = OptionalLong.of(System.nanoTime());
    for (ByteBuffer buffer : buffers) {
      while (buffer.hasRemaining() && !body.isDone()) {
        take(buffer.get());
      }
    }
  }

  private void take(byte octet) {
    if (octet == '\n') {
      String text = line.toString(UTF_8).stripTrailing();
      line.reset();
      take(text);
    } else if (line.size() < LONGEST_LINE) {
      line.write(octet);
    } else {
      cancel();
    }
  }

  private void take(String text) {
    if (text.isEmpty()) {
      String name = event;
      event = "";
      if (!name.isEmpty()) {
        listener.accept(name, data);
      }
      data = "";
    } else if (text.startsWith("event:")) {
      event = text.substring("event:".length()).strip();
    } else if (text.startsWith("data:")) {
      data = text.substring("data:".length()).strip();
    }
  }

  @Override
  public void onError(Throwable failure) {
    body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    body.complete(null);
  }
}
