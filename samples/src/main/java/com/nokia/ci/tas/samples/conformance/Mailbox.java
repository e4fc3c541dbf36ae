package com.nokia.ci.tas.samples.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What came in for one address, in order; waits for what is to come. Any thread may call. */
final class Mailbox {
  private final Duration patience;
  private final List<Spoken> unread = new ArrayList<>();
  private final List<String> troubles = new ArrayList<>();

  Mailbox(Duration patience) {
    this.patience = patience;
  }

  synchronized void add(Spoken message) {
    unread.add(message);
    notifyAll();
  }

  /** Something came in that is no message. */
  synchronized void trouble(String sentence) {
    troubles.add(sentence);
    notifyAll();
  }

  /** The first message that is wanted; it is taken out, those before it stay. */
  Spoken await(String what, Predicate<Spoken> wanted) throws InterruptedException {
    return await(what, wanted, patience);
  }

  synchronized Spoken await(String what, Predicate<Spoken> wanted, Duration limit)
      throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      Optional<Spoken> found = unread.stream().filter(wanted).findFirst();
      if (found.isPresent()) {
        unread.remove(found.get());
        return found.get();
      }
      long left = end - System.nanoTime();
      if (left <= 0) {
        throw new BrokenClaim(
            "within "
                + limit.toSeconds()
                + " s there was no "
                + what
                + "; what came instead: "
                + unread
                + (troubles.isEmpty() ? "" : ", " + troubles));
      }
      wait(Math.max(1, left / 1_000_000));
    }
  }

  /** How many such messages came and were not taken out. */
  synchronized long count(Predicate<Spoken> wanted) {
    return unread.stream().filter(wanted).count();
  }
}
