package com.nokia.ci.tas.commons.transport;

import io.netty.util.internal.PlatformDependent;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of incoming files may wait for the disks at a time, over all sessions of a
 * network: each stream gets its window when it begins and gives it back at its end. When there is
 * no more, a new one still gets the smallest that is of use. Any thread may call.
 */
final class FileWindows {
  /** The least that a stream gets. */
  static final long SMALLEST = 64 * 1024;

  /** The most that a stream gets. */
  static final long LARGEST = 4L << 20;

  private final AtomicLong left;

  FileWindows(long bytes) {
    this.left = new AtomicLong(bytes);
  }

  /** An eighth of the memory that buffers of this program may have, at most 128 MiB. */
  static FileWindows ofThisMachine() {
    return new FileWindows(Math.min(128L << 20, PlatformDependent.maxDirectMemory() / 8));
  }

  /**
   * A window for one stream, to be given back.
   *
   * @param wanted how much is of use to it
   */
  long take(long wanted) {
    long most = Math.max(SMALLEST, Math.min(LARGEST, wanted));
    long before = left.getAndUpdate(now -> now - Math.max(SMALLEST, Math.min(most, now)));
    return Math.max(SMALLEST, Math.min(most, before));
  }

  void giveBack(long window) {
    left.addAndGet(window);
  }
}
