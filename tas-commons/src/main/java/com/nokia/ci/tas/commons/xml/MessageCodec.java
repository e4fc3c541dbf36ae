package com.nokia.ci.tas.commons.xml;

import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.model.ProtocolException;
import java.nio.charset.StandardCharsets;

/**
 * Turns the bytes of a message into a {@link Message} and back (guide, "Test Automation Service
 * messages").
 *
 * <p>Reads well-formed XML of any layout, and the line format of the earlier programs, whose values
 * are not escaped. Writes one element a line, which both read. Safe for any number of threads.
 */
public final class MessageCodec {

  /**
   * Reads one message.
   *
   * @param bytes a message up to and including {@code </message>}, as {@link MessageScanner}
   *     delivers it
   * @throws ProtocolException with a sentence that says what is wrong and, where it is known, in
   *     which line
   */
  public Message read(byte[] bytes) {
    return new MessageReading(XmlBinding.read(bytes, Block.MESSAGE_DOCUMENT, MessageBean::new))
        .message();
  }

  /**
   * Writes one message, with the line feed behind {@code </message>}: the bytes of a file may
   * follow at once.
   */
  public byte[] write(Message message, Dialect dialect) {
    return MessageWriting.write(message, dialect).getBytes(StandardCharsets.UTF_8);
  }
}
