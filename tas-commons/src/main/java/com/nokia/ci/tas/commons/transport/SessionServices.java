package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.xml.MessageCodec;
import io.netty.channel.EventLoop;
import java.util.concurrent.Executor;

/**
 * What all sessions of one {@link Transport} share.
 *
 * @param settings deadlines and caps
 * @param codec reads and writes messages
 * @param files the file threads
 * @param windows how much of the files that come in may wait for the disks
 * @param loops the event loops
 * @param incarnation 32 hexadecimal digits, chosen when this program started: the {@code instance}
 *     of its offers and the {@code acceptor} of its welcomes
 * @param partialMessages what messages that are coming in hold together
 * @param network through which files are passed on
 */
record SessionServices(
    TransportSettings settings,
    MessageCodec codec,
    Executor files,
    FileWindows windows,
    EventLoops loops,
    String incarnation,
    PartialMessages partialMessages,
    FileSending network) {

  /**
   * The files of a new session.
   *
   * @param loop where the session lives
   * @param dials whether this program dialled
   * @param receiver is asked where files go
   */
  SessionStreams streams(EventLoop loop, boolean dials, MessageReceiver receiver) {
    return new FileStreams(
        new StreamContext(loop, dials, receiver, codec, files, windows, deadlines(), network));
  }

  Caps caps() {
    return settings.caps();
  }

  Deadlines deadlines() {
    return settings.deadlines();
  }
}
