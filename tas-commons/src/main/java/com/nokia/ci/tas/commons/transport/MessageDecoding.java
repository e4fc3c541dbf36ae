package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.xml.MessageCodec;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Decodes messages without keeping an event loop from its other connections: long ones are decoded
 * on a file thread.
 */
final class MessageDecoding {

  /** Up to here a message is decoded on the event loop. */
  private static final int SHORT = 64 * 1024;

  private final MessageCodec codec;
  private final Executor files;

  MessageDecoding(MessageCodec codec, Executor files) {
    this.codec = codec;
    this.files = files;
  }

  /** Whether a message is decoded at once. */
  static boolean isShort(byte[] xml) {
    return xml.length <= SHORT;
  }

  /**
   * Decodes a short message.
   *
   * @throws com.nokia.ci.tas.commons.model.ProtocolException when it is none
   */
  Message now(byte[] xml) {
    return codec.read(xml);
  }

  /**
   * Decodes a long message.
   *
   * @param loop where to go on
   * @param step gets what goes on there: calls {@code then}, or throws where nothing was decoded
   */
  void later(byte[] xml, Executor loop, Consumer<Message> then, Consumer<Runnable> step) {
    files.execute(
        () -> {
          Runnable decoded = decoded(xml, then);
          loop.execute(() -> step.accept(decoded));
        });
  }

  private Runnable decoded(byte[] xml, Consumer<Message> then) {
    try {
      Message message = codec.read(xml);
      return () -> then.accept(message);
    } catch (RuntimeException e) {
      return () -> {
        throw e;
      };
    }
  }
}
