package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.xml.MessageCodec;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.Executor;

/**
 * What the file streams of one session are made of.
 *
 * @param loop the event loop of the session, the same for all of its connections
 * @param dials whether this program dialled: its streams are odd then, else even
 * @param receiver is asked where files go
 * @param codec writes what announces a file
 * @param files the file threads
 * @param windows how much of what comes in may wait for the disks
 * @param deadlines how long the peer may stall
 * @param network through which files are passed on to other peers
 */
record StreamContext(
    EventExecutor loop,
    boolean dials,
    MessageReceiver receiver,
    MessageCodec codec,
    Executor files,
    FileWindows windows,
    Deadlines deadlines,
    FileSending network) {
  /** How many small files are read or stored before others have their turn. */
  private static final int IN_ONE_TURN = 64;

  /** What reads or stores small files one after another on a file thread. */
  Executor oneByOne() {
    return new SerialTasks(files, IN_ONE_TURN);
  }
}
