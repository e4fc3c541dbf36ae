package com.nokia.ci.tas.commons.transport;

import java.time.Duration;
import java.util.Objects;

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
 * @param fileAnswer on a session, until the peer has said where a file begins, and from the last
 *     byte until it has stored it: it may be for somebody who is away
 * @param slowestFile how slowly a file may come in or be taken
 */
public record Deadlines(
    Duration connect,
    Duration firstByte,
    Duration message,
    Duration fileIdle,
    Duration writeStall,
    Duration peerClose,
    Duration fileAnswer,
    FilePace slowestFile) {

  /** 5 s, 10 s, 30 s, 60 s, 60 s, 500 ms, 15 min and one KiB a second. */
  public static final Deadlines DEFAULT =
      new Deadlines(
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofMillis(500),
          Duration.ofMinutes(15),
          FilePace.DEFAULT);

  public Deadlines {
    requirePositive("connect", connect);
    requirePositive("firstByte", firstByte);
    requirePositive("message", message);
    requirePositive("fileIdle", fileIdle);
    requirePositive("writeStall", writeStall);
    requirePositive("peerClose", peerClose);
    requirePositive("fileAnswer", fileAnswer);
    Objects.requireNonNull(slowestFile, "slowestFile");
  }

  public Deadlines withConnect(Duration limit) {
    return new Deadlines(
        limit, firstByte, message, fileIdle, writeStall, peerClose, fileAnswer, slowestFile);
  }

  public Deadlines withFirstByte(Duration limit) {
    return new Deadlines(
        connect, limit, message, fileIdle, writeStall, peerClose, fileAnswer, slowestFile);
  }

  public Deadlines withMessage(Duration limit) {
    return new Deadlines(
        connect, firstByte, limit, fileIdle, writeStall, peerClose, fileAnswer, slowestFile);
  }

  public Deadlines withFileIdle(Duration limit) {
    return new Deadlines(
        connect, firstByte, message, limit, writeStall, peerClose, fileAnswer, slowestFile);
  }

  public Deadlines withWriteStall(Duration limit) {
    return new Deadlines(
        connect, firstByte, message, fileIdle, limit, peerClose, fileAnswer, slowestFile);
  }

  public Deadlines withPeerClose(Duration limit) {
    return new Deadlines(
        connect, firstByte, message, fileIdle, writeStall, limit, fileAnswer, slowestFile);
  }

  public Deadlines withFileAnswer(Duration limit) {
    return new Deadlines(
        connect, firstByte, message, fileIdle, writeStall, peerClose, limit, slowestFile);
  }

  public Deadlines withSlowestFile(FilePace pace) {
    return new Deadlines(
        connect, firstByte, message, fileIdle, writeStall, peerClose, fileAnswer, pace);
  }

  private static void requirePositive(String name, Duration limit) {
    if (limit.isZero() || limit.isNegative()) {
      throw new IllegalArgumentException(name + " is " + limit + ", must be longer than nothing");
    }
  }
}
