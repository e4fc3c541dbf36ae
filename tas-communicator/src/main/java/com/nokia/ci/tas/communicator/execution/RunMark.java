package com.nokia.ci.tas.communicator.execution;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The value of a variable that all processes of one run inherit, by which a node tells them from
 * all others, also after a restart of its own.
 *
 * @param node the same for all runs in one workspace directory
 * @param run differs for each run
 */
record RunMark(String node, String run) {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** A fresh mark for a run below the given workspace directory. */
  static RunMark next(Path workspaces) {
    return next(nodeOf(workspaces));
  }

  /** A fresh mark for a run of a node whose marks begin so. */
  static RunMark next(String node) {
    byte[] random = new byte[16];
    RANDOM.nextBytes(random);
    return new RunMark(node, HexFormat.of().formatHex(random));
  }

  /** What the marks of all runs below this directory begin with. */
  static String nodeOf(Path workspaces) {
    try {
      byte[] path =
          workspaces.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(path);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  String text() {
    return node + "." + run;
  }
}
