package com.nokia.ci.tas.communicator.keeping;

/**
 * A file that is kept of a run.
 *
 * @param name by which the client gets it
 * @param place where it is in the directory of the run, with slashes
 * @param size in bytes
 * @param delivered whether the client has it
 */
record KeptFile(String name, String place, long size, boolean delivered) {
  /** The directory of those that were taken from the workspace. */
  static final String FILES = "files";

  /** The whole output of the executor. */
  static final String OUTPUT = "output.txt";

  /** A file that was taken from the workspace. */
  static KeptFile ofWorkspace(String name, long size) {
    return new KeptFile(name, FILES + "/" + name, size, false);
  }

  /** A place that was read and leads nowhere else. */
  static String checkedPlace(String place, String name) {
    if (!place.equals(OUTPUT) && !place.equals(FILES + "/" + name)) {
      throw new IllegalArgumentException("the place of a kept file is another");
    }
    return place;
  }

  KeptFile asDelivered() {
    return new KeptFile(name, place, size, true);
  }
}
