package com.nokia.ci.tas.service;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.transport.FileAnswer;
import com.nokia.ci.tas.commons.transport.MessageReceiver;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.commons.trust.Tls;
import io.netty.channel.ChannelPipeline;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What stands at the port before the farm is there: the port has to be taken first, because its
 * number is part of everything else. Until it opens, whoever comes is asked to come again.
 */
final class Gate implements MessageReceiver, Consumer<ChannelPipeline> {
  private volatile Optional<Opened> opened = Optional.empty();

  private record Opened(
      MessageReceiver messages, Consumer<ChannelPipeline> pages, Supplier<Optional<Tls>> tls) {}

  void open(
      MessageReceiver messages, Consumer<ChannelPipeline> pages, Supplier<Optional<Tls>> tls) {
    opened = Optional.of(new Opened(messages, pages, tls));
  }

  /** For a connection that begins with TLS; empty when there are no keys. */
  Optional<Tls> tls() {
    return opened.flatMap(it -> it.tls().get());
  }

  @Override
  public Optional<String> admit(Peer peer) {
    return opened
        .map(it -> it.messages().admit(peer))
        .orElseGet(() -> Optional.of("the service is starting; try again in a moment"));
  }

  @Override
  public void onMessage(Message message, Peer peer) {
    receiver().onMessage(message, peer);
  }

  @Override
  public FileAnswer onFile(FileOperation put, Peer peer) {
    return receiver().onFile(put, peer);
  }

  @Override
  public void accept(ChannelPipeline pipeline) {
    opened.ifPresentOrElse(
        it -> it.pages().accept(pipeline),
        () -> {
          var unused = pipeline.channel().close();
        });
  }

  private MessageReceiver receiver() {
    return opened
        .map(Opened::messages)
        .orElseThrow(() -> new IllegalStateException("a message came in before the gate opened"));
  }
}
