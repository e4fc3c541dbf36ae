package com.nokia.ci.tas.service.http;

/**
 * What the service has to do with the connections of others, for those who watch it.
 *
 * @param sessionsOpen sessions whose peers are connected now
 * @param sessionsAway sessions whose peers may come back
 * @param relayedMessages passed on since the start, between nodes and clients
 * @param relayedFiles likewise
 * @param relayedBytes of the texts among them, and of files that were announced with a size
 * @param refusals connections and messages of peers that were refused
 * @param undelivered messages that could not be delivered, repeated tries included
 */
public record LineCounts(
    int sessionsOpen,
    int sessionsAway,
    long relayedMessages,
    long relayedFiles,
    long relayedBytes,
    long refusals,
    long undelivered) {

  /** Nothing has happened. */
  public static final LineCounts NONE = new LineCounts(0, 0, 0, 0, 0, 0, 0);
}
