package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.xml.MessageCodec;
import java.util.concurrent.Executor;

/**
 * What all connections of one listener share.
 *
 * @param receiver where their messages go
 * @param where what the listener was opened with
 * @param settings deadlines and caps
 * @param codec reads messages
 * @param files the file threads
 * @param network through which files are passed on
 * @param partialMessages what messages that are coming in hold together
 * @param refusals where refusals are logged
 * @param door where sessions are opened
 */
record Reception(
    MessageReceiver receiver,
    ListenSettings where,
    TransportSettings settings,
    MessageCodec codec,
    Executor files,
    FileSending network,
    PartialMessages partialMessages,
    RefusalLog refusals,
    SessionDoor door) {

  Deadlines deadlines() {
    return settings.deadlines();
  }
}
