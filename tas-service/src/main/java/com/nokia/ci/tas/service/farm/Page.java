package com.nokia.ci.tas.service.farm;

import java.util.function.BiFunction;

/**
 * A part of a {@link Table}: some entries, or the pages below it. Immutable.
 *
 * <p>A page has at most {@value #MOST} places, but for a moment, until the page above it has cut
 * it, one more.
 *
 * @param <K> key
 * @param <V> value
 */
sealed interface Page<K extends Comparable<? super K>, V> permits Leaf, Branch {
  int MOST = 32;

  /** A page that loses entries and then has fewer places is joined with its neighbour. */
  int LEAST = MOST / 4;

  /** How many places it has itself. */
  int count();

  /** How many entries are in it and below it. */
  int size();

  /** The leaf with its smallest keys. */
  Leaf<K, V> first();

  /** The same with one entry added or replaced. */
  Page<K, V> with(K key, V value);

  /** The same without one entry; the very same when it is not there. */
  Page<K, V> without(K key);

  /** The same with other values; the very same when all values are. */
  Page<K, V> mapped(BiFunction<? super K, ? super V, ? extends V> change);

  /** The places from one to before another. */
  Page<K, V> part(int from, int to);

  /** The places of this and of its right neighbour, which is of the same sort. */
  Page<K, V> joined(Page<K, V> right);

  /**
   * Where a key stands among so many ordered ones; if it does not, -1 less where it would. The last
   * is looked at first: most tables grow at their end, by ages and times, and are then asked for
   * what came last.
   */
  @SuppressWarnings("unchecked") // what stands in a table are its keys
  static <K extends Comparable<? super K>> int place(Object[] keys, int count, K key) {
    int low = 0;
    int high = count - 1;
    if (high > 1) {
      int order = key.compareTo((K) keys[high]);
      if (order >= 0) {
        return order == 0 ? high : -2 - high;
      }
      high--;
    }
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = key.compareTo((K) keys[middle]);
      if (order == 0) {
        return middle;
      }
      if (order > 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1 - low;
  }

  /** A copy with one more element. */
  static Object[] inserted(Object[] old, int place, Object element) {
    return inserted(old, old.length, place, element);
  }

  /** A copy of so many with one more element. */
  static Object[] inserted(Object[] old, int count, int place, Object element) {
    var grown = new Object[count + 1];
    System.arraycopy(old, 0, grown, 0, place);
    grown[place] = element;
    System.arraycopy(old, place, grown, place + 1, count - place);
    return grown;
  }

  /** A copy with another element in one place. */
  static Object[] replaced(Object[] old, int place, Object element) {
    var changed = old.clone();
    changed[place] = element;
    return changed;
  }

  /** A copy without one element. */
  static Object[] removed(Object[] old, int place) {
    return removed(old, old.length, place);
  }

  /** A copy of so many without one element. */
  static Object[] removed(Object[] old, int count, int place) {
    var left = new Object[count - 1];
    System.arraycopy(old, 0, left, 0, place);
    System.arraycopy(old, place + 1, left, place, left.length - place);
    return left;
  }

  /** So many of one behind so many of another. */
  static Object[] joined(Object[] left, int leftCount, Object[] right, int rightCount) {
    var all = new Object[leftCount + rightCount];
    System.arraycopy(left, 0, all, 0, leftCount);
    System.arraycopy(right, 0, all, leftCount, rightCount);
    return all;
  }
}
