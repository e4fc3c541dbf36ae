package com.nokia.ci.tas.samples.flood;

/** Something that weighs on a farm from the moment it is made until it is closed. */
public interface Flood extends AutoCloseable {

  /** What it does, as it stands in a table. */
  String name();

  /** How many connections it has made so far. */
  long connections();

  /** Ends it and closes all that it has open. */
  @Override
  void close();
}
