package com.nokia.ci.tas.commons.model;

import java.util.Arrays;
import java.util.Collection;

/**
 * Finds any of many texts in one pass (Aho and Corasick): a tree of all needles, in which each
 * place knows where to go on when the next character does not fit. The cost of a character does not
 * grow with the number of needles. Immutable once built.
 */
final class Needles {
  static final int ROOT = 0;

  private static final int QUICK = 128;
  private static final int NONE = -1;

  private final int[] quick = new int[QUICK];
  private char[] label = new char[64];
  private int[] child = new int[64];
  private int[] sibling = new int[64];
  private int[] back = new int[64];
  private int[] depth = new int[64];
  private int[] longest = new int[64];
  private int size;

  /**
   * Builds the tree.
   *
   * @param needles none of them empty
   */
  Needles(Collection<String> needles) {
    add('\0', 0);
    needles.forEach(this::insert);
    linkBack();
    for (int at = child[ROOT]; at != NONE; at = sibling[at]) {
      if (label[at] < QUICK) {
        quick[label[at]] = at;
      }
    }
  }

  /** Where one is after one character more. */
  int next(int at, char c) {
    int here = at;
    while (here != ROOT) {
      int found = childOf(here, c);
      if (found != NONE) {
        return found;
      }
      here = back[here];
    }
    return c < QUICK ? quick[c] : Math.max(ROOT, childOf(ROOT, c));
  }

  /** How many of the last characters may be the beginning of a needle. */
  int depth(int at) {
    return depth[at];
  }

  /** The length of the longest needle that ends here; 0 if none does. */
  int longest(int at) {
    return longest[at];
  }

  private void insert(String needle) {
    int at = ROOT;
    for (int i = 0; i < needle.length(); i++) {
      int found = childOf(at, needle.charAt(i));
      if (found == NONE) {
        found = add(needle.charAt(i), depth[at] + 1);
        sibling[found] = child[at];
        child[at] = found;
      }
      at = found;
    }
    longest[at] = needle.length();
  }

  private int add(char c, int deep) {
    if (size == label.length) {
      int more = 2 * size;
      label = Arrays.copyOf(label, more);
      child = Arrays.copyOf(child, more);
      sibling = Arrays.copyOf(sibling, more);
      back = Arrays.copyOf(back, more);
      depth = Arrays.copyOf(depth, more);
      longest = Arrays.copyOf(longest, more);
    }
    label[size] = c;
    depth[size] = deep;
    child[size] = NONE;
    sibling[size] = NONE;
    return size++;
  }

  /** From the root outwards, so that whatever is led back to is complete. */
  private void linkBack() {
    var queue = new int[size];
    int filled = 0;
    for (int at = child[ROOT]; at != NONE; at = sibling[at]) {
      queue[filled++] = at;
    }
    for (int taken = 0; taken < filled; taken++) {
      int parent = queue[taken];
      for (int at = child[parent]; at != NONE; at = sibling[at]) {
        back[at] = behind(back[parent], label[at]);
        longest[at] = Math.max(longest[at], longest[back[at]]);
        queue[filled++] = at;
      }
    }
  }

  private int behind(int from, char c) {
    int here = from;
    int found = childOf(here, c);
    while (found == NONE && here != ROOT) {
      here = back[here];
      found = childOf(here, c);
    }
    return Math.max(ROOT, found);
  }

  private int childOf(int at, char c) {
    int found = child[at];
    while (found != NONE && label[found] != c) {
      found = sibling[found];
    }
    return found;
  }
}
