package com.nokia.ci.tas.commons.model;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * A text on its way to where it is seen, character by character: {@link SealedValues#MASK} goes on
 * instead of values that must not be. Characters are held back only as long as they may be the
 * beginning of a value. Used by one thread.
 */
public final class Sealing {
  private final Needles needles;
  private final IntConsumer shown;

  /** The last characters, each at its place modulo the length; what is held back and no more. */
  private char[] held = new char[64];

  /** Places that are hidden, from and to in turn: in order, apart from each other. */
  private long[] hidden = new long[8];

  private int hiddenEnds;
  private int at = Needles.ROOT;
  private long taken;
  private long decided;
  private boolean masked;

  Sealing(Needles needles, IntConsumer shown) {
    this.needles = needles;
    this.shown = shown;
  }

  /** Takes the next character. */
  public void take(char c) {
    int next = needles.next(at, c);
    if (next == Needles.ROOT && at == Needles.ROOT) {
      taken++;
      decided = taken;
      shown.accept(c);
      return;
    }
    at = next;
    hold(c);
    int found = needles.longest(next);
    if (found > 0) {
      hide(taken - found, taken);
    }
    decide(taken - needles.depth(next));
  }

  /** Whether this character may be shown at once, without being taken: no value begins with it. */
  public boolean isPlain(char c) {
    return at == Needles.ROOT && needles.next(Needles.ROOT, c) == Needles.ROOT;
  }

  /** No more comes, or what comes belongs to another text: what was held back goes on. */
  public void end() {
    at = Needles.ROOT;
    decide(taken);
  }

  private void hold(char c) {
    if (taken - decided == held.length) {
      var more = new char[2 * held.length];
      for (long place = decided; place < taken; place++) {
        more[(int) (place % more.length)] = held[(int) (place % held.length)];
      }
      held = more;
    }
    held[(int) (taken % held.length)] = c;
    taken++;
  }

  /** Nothing that was decided is hidden any more: a value begins behind it. */
  private void hide(long from, long to) {
    long start = from;
    while (hiddenEnds > 0 && hidden[hiddenEnds - 1] > from) {
      start = Math.min(start, hidden[hiddenEnds - 2]);
      hiddenEnds -= 2;
    }
    if (hiddenEnds == hidden.length) {
      hidden = Arrays.copyOf(hidden, 2 * hidden.length);
    }
    hidden[hiddenEnds++] = start;
    hidden[hiddenEnds++] = to;
  }

  private void decide(long until) {
    int range = 0;
    while (decided < until) {
      if (range == hiddenEnds || decided < hidden[range]) {
        long end = range == hiddenEnds ? until : Math.min(until, hidden[range]);
        while (decided < end) {
          shown.accept(held[(int) (decided % held.length)]);
          decided++;
        }
      } else {
        mask();
        decided = Math.min(until, hidden[range + 1]);
        if (decided == hidden[range + 1]) {
          masked = false;
          range += 2;
        }
      }
    }
    if (range > 0) {
      System.arraycopy(hidden, range, hidden, 0, hiddenEnds - range);
      hiddenEnds -= range;
    }
  }

  /** Once for each hidden range, also when it is decided bit by bit. */
  private void mask() {
    if (!masked) {
      SealedValues.MASK.chars().forEach(shown);
      masked = true;
    }
  }
}
