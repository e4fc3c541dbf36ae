package com.nokia.ci.tas.communicator.execution;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Ends a process tree: first asks each member, then kills whatever is left, again and again until
 * nothing is, because members may start others while they are being ended.
 */
final class TreeEnding {
  private static final long SHORTEST_NAP = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long LONGEST_NAP = TimeUnit.MILLISECONDS.toNanos(50);

  private final ProcessTree tree;
  private final Set<Long> asked = new HashSet<>();

  TreeEnding(ProcessTree tree) {
    this.tree = tree;
  }

  /**
   * Ends the tree and returns when it is gone. A tree that is gone already is looked at once; one
   * that had to be ended once more in the end.
   *
   * @param patience how long members may take
   * @return members that could not be ended, usually none; the system holds them in a device
   * @throws InterruptedException when told to stop waiting; the tree may be half ended
   */
  List<ProcessHandle> end(EndingPatience patience) throws InterruptedException {
    long politeUntil = System.nanoTime() + patience.polite().toNanos();
    long giveUpAt = politeUntil + patience.hard().toNanos();
    long nap = SHORTEST_NAP;
    boolean clean = true;
    while (true) {
      var members = tree.members();
      if (members.isEmpty()) {
        if (clean) {
          return members;
        }
        // A process caught in the middle of an exec can be overlooked once.
        clean = true;
        continue;
      }
      clean = false;
      long now = System.nanoTime();
      if (now - giveUpAt >= 0) {
        return members;
      }
      if (now - politeUntil >= 0) {
        members.forEach(tree::kill);
      } else {
        members.stream().filter(m -> asked.add(m.pid())).forEach(tree::ask);
      }
      TimeUnit.NANOSECONDS.sleep(nap);
      nap = Math.min(LONGEST_NAP, nap * 2);
    }
  }
}
