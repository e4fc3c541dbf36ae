package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.TextMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Remembers messages, and does with files and strangers what the test says. */
final class FakeReceiver implements MessageReceiver {
  private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
  private final BiConsumer<Message, Peer> onMessage;
  private final Function<FileOperation, FileAnswer> onFile;
  private final Function<Peer, Optional<String>> admission;
  private final Supplier<CompletableFuture<Void>> settling;

  private FakeReceiver(
      BiConsumer<Message, Peer> onMessage,
      Function<FileOperation, FileAnswer> onFile,
      Function<Peer, Optional<String>> admission,
      Supplier<CompletableFuture<Void>> settling) {
    this.onMessage = onMessage;
    this.onFile = onFile;
    this.admission = admission;
    this.settling = settling;
  }

  static FakeReceiver ofMessages() {
    return ofFiles(put -> FileAnswer.refuse("no files here"));
  }

  static FakeReceiver ofFiles(Function<FileOperation, FileAnswer> answer) {
    return new FakeReceiver(
        (message, peer) -> {},
        answer,
        peer -> Optional.empty(),
        () -> CompletableFuture.completedFuture(null));
  }

  FakeReceiver admitting(Function<Peer, Optional<String>> rule) {
    return new FakeReceiver(onMessage, onFile, rule, settling);
  }

  FakeReceiver telling(BiConsumer<Message, Peer> consumer) {
    return new FakeReceiver(consumer, onFile, admission, settling);
  }

  /** What came in is in good hands when this is done. */
  FakeReceiver settlingWith(Supplier<CompletableFuture<Void>> rule) {
    return new FakeReceiver(onMessage, onFile, admission, rule);
  }

  @Override
  public CompletionStage<Void> settled() {
    return settling.get();
  }

  @Override
  public void onMessage(Message message, Peer peer) {
    messages.add(message);
    onMessage.accept(message, peer);
  }

  @Override
  public FileAnswer onFile(FileOperation put, Peer peer) {
    messages.add(put);
    return onFile.apply(put);
  }

  @Override
  public Optional<String> admit(Peer peer) {
    return admission.apply(peer);
  }

  Message next() throws InterruptedException {
    Message message = messages.poll(60, TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("no message came");
    }
    return message;
  }

  List<String> nextTexts(int count) throws InterruptedException {
    var texts = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      texts.add(((TextMessage) next()).text());
    }
    return texts;
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }
}
