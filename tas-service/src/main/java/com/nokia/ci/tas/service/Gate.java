package com.nokia.ci.tas.service;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.SessionOffer;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.transport.FileAnswer;
import com.nokia.ci.tas.commons.transport.MessageReceiver;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.commons.transport.SessionAdmission;
import com.nokia.ci.tas.commons.transport.SessionWatch;
import com.nokia.ci.tas.commons.trust.Tls;
import io.netty.channel.ChannelPipeline;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What stands at the port before the farm is there: the port has to be taken first, because its
 * number is part of everything else. Until it opens, whoever comes is asked to come again.
 */
final class Gate
    implements MessageReceiver, SessionAdmission, SessionWatch, Consumer<ChannelPipeline> {
  private volatile Optional<Opened> opened = Optional.empty();

  /**
   * What is behind the gate.
   *
   * @param messages takes what peers say
   * @param admission says who may open a session
   * @param watch is told of sessions
   * @param pages takes over connections of HTTP
   * @param tls for a connection that begins with it; empty when there are no keys
   */
  record Opened(
      MessageReceiver messages,
      SessionAdmission admission,
      SessionWatch watch,
      Consumer<ChannelPipeline> pages,
      Supplier<Optional<Tls>> tls) {}

  void open(Opened behind) {
    opened = Optional.of(behind);
  }

  /** For a connection that begins with TLS; empty when there are no keys. */
  Optional<Tls> tls() {
    return opened.flatMap(it -> it.tls().get());
  }

  /** Whoever comes too early with an offer is cut off and comes again by itself. */
  @Override
  public SessionAdmission.Answer admit(
      RegistryOperation registration, SessionOffer offer, Peer peer) {
    return opened
        .map(it -> it.admission().admit(registration, offer, peer))
        .orElseGet(SessionAdmission.Dropped::new);
  }

  @Override
  public void onOpened(Endpoint identity, Peer peer, boolean resumed) {
    opened.ifPresent(it -> it.watch().onOpened(identity, peer, resumed));
  }

  @Override
  public void onAway(Endpoint identity, String why) {
    opened.ifPresent(it -> it.watch().onAway(identity, why));
  }

  @Override
  public void onEnded(Endpoint identity, String why) {
    opened.ifPresent(it -> it.watch().onEnded(identity, why));
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
  public CompletionStage<Void> settled() {
    return receiver().settled();
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
