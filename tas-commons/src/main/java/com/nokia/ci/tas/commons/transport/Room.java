package com.nokia.ci.tas.commons.transport;

/** What may still be added to something that waits to be sent. Any thread may call. */
final class Room {
  private final int capEntries;
  private final long capBytes;
  private int entries;
  private long bytes;

  Room(Caps caps) {
    this.capEntries = caps.outboxEntries();
    this.capBytes = caps.outboxBytes();
  }

  synchronized boolean take(int more) {
    if (entries >= capEntries || bytes + more > capBytes) {
      return false;
    }
    entries++;
    bytes += more;
    return true;
  }

  synchronized void giveBack(int less) {
    entries--;
    bytes -= less;
  }

  synchronized int entries() {
    return entries;
  }

  @Override
  public synchronized String toString() {
    return entries + " entries with " + bytes + " bytes wait";
  }
}
