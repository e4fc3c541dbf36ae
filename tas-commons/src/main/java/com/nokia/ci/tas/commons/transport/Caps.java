package com.nokia.ci.tas.commons.transport;

/**
 * How much of the machine peers may use up.
 *
 * @param messageBytes the longest message that is accepted
 * @param messageBytesInTotal what all messages that are still coming in may hold together; the one
 *     that began first makes room for a new one
 * @param connectionsPerAddress accepted connections of one address; its least recently active one
 *     makes room for a new one
 * @param connections accepted connections of all addresses together, likewise
 * @param outboxEntries what may wait in one outbox
 * @param outboxBytes encoded messages that may wait in one outbox
 */
public record Caps(
    int messageBytes,
    long messageBytesInTotal,
    int connectionsPerAddress,
    int connections,
    int outboxEntries,
    long outboxBytes) {

  /** 4 MiB, 64 MiB, 4,096 connections, 16,384 connections, 100,000 entries and 64 MiB. */
  public static final Caps DEFAULT = new Caps(4 << 20, 64L << 20, 4096, 16_384, 100_000, 64L << 20);

  public Caps {
    requirePositive("messageBytes", messageBytes);
    if (messageBytesInTotal < messageBytes) {
      throw new IllegalArgumentException(
          "messageBytesInTotal is " + messageBytesInTotal + ", less than one message");
    }
    requirePositive("connectionsPerAddress", connectionsPerAddress);
    requirePositive("connections", connections);
    requirePositive("outboxEntries", outboxEntries);
    requirePositive("outboxBytes", outboxBytes);
  }

  public Caps withMessageBytes(int bytes) {
    return new Caps(
        bytes, messageBytesInTotal, connectionsPerAddress, connections, outboxEntries, outboxBytes);
  }

  public Caps withMessageBytesInTotal(long bytes) {
    return new Caps(
        messageBytes, bytes, connectionsPerAddress, connections, outboxEntries, outboxBytes);
  }

  public Caps withConnectionsPerAddress(int count) {
    return new Caps(
        messageBytes, messageBytesInTotal, count, connections, outboxEntries, outboxBytes);
  }

  public Caps withConnections(int count) {
    return new Caps(
        messageBytes,
        messageBytesInTotal,
        connectionsPerAddress,
        count,
        outboxEntries,
        outboxBytes);
  }

  public Caps withOutbox(int entries, long bytes) {
    return new Caps(
        messageBytes, messageBytesInTotal, connectionsPerAddress, connections, entries, bytes);
  }

  private static void requirePositive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " is " + value + ", must be more than 0");
    }
  }
}
