package com.nokia.ci.tas.commons.transport;

import java.time.Duration;

/**
 * How long a peer may keep us waiting; whoever takes longer loses its connection and nothing else.
 *
 * @param connect for the look-up of a name and the connection together
 * @param firstByte from an accepted connection to its first byte
 * @param message from the first byte to the last one of a message
 * @param fileIdle without any progress while a file comes in
 * @param writeStall without any progress while something is sent, and from the last byte of a file
 *     until the peer has stored it and closes
 * @param peerClose how long the sender of a message waits for the peer to close after the last
 *     byte, and a receiver after a file that has its full size: a refusal, or a byte too many, is
 *     noticed by then
 */
public record Deadlines(
    Duration connect,
    Duration firstByte,
    Duration message,
    Duration fileIdle,
    Duration writeStall,
    Duration peerClose) {

  /** 5 s, 10 s, 30 s, 60 s, 60 s and 500 ms. */
  public static final Deadlines DEFAULT =
      new Deadlines(
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofMillis(500));

  public Deadlines {
    requirePositive("connect", connect);
    requirePositive("firstByte", firstByte);
    requirePositive("message", message);
    requirePositive("fileIdle", fileIdle);
    requirePositive("writeStall", writeStall);
    requirePositive("peerClose", peerClose);
  }

  public Deadlines withConnect(Duration limit) {
    return new Deadlines(limit, firstByte, message, fileIdle, writeStall, peerClose);
  }

  public Deadlines withFirstByte(Duration limit) {
    return new Deadlines(connect, limit, message, fileIdle, writeStall, peerClose);
  }

  public Deadlines withMessage(Duration limit) {
    return new Deadlines(connect, firstByte, limit, fileIdle, writeStall, peerClose);
  }

  public Deadlines withFileIdle(Duration limit) {
    return new Deadlines(connect, firstByte, message, limit, writeStall, peerClose);
  }

  public Deadlines withWriteStall(Duration limit) {
    return new Deadlines(connect, firstByte, message, fileIdle, limit, peerClose);
  }

  public Deadlines withPeerClose(Duration limit) {
    return new Deadlines(connect, firstByte, message, fileIdle, writeStall, limit);
  }

  private static void requirePositive(String name, Duration limit) {
    if (limit.isZero() || limit.isNegative()) {
      throw new IllegalArgumentException(name + " is " + limit + ", must be longer than nothing");
    }
  }
}
