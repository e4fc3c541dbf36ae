package com.nokia.ci.tas.commons.model;

/** Whose fault a failure is; decides whether a test is tried again and whose health suffers. */
public enum Fault {
  /** The test itself: its executor said so. */
  TEST,
  /** Whoever issued the test: a wrong description, a stop, a time limit too short. */
  REQUESTER,
  /** A file that the issuer could not or would not deliver. */
  ARTIFACT,
  /** A product that disappeared or misbehaves. */
  PRODUCT,
  /** The test node: lost, full, broken. */
  NODE,
  /** The farm as a whole: nothing suitable in time, shut down. */
  FARM
}
