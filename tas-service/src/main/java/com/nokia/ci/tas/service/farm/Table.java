package com.nokia.ci.tas.service.farm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * An immutable map in the order of its keys: a changed table shares all but a path of the old one.
 * The state of the farm is made of these, so that an event that fails leaves no trace and a
 * snapshot is a reference.
 *
 * <p>A weight-balanced tree: every operation takes at most the logarithm of the size, ranks
 * included.
 *
 * @param <K> key, whose order agrees with equals
 * @param <V> value, never null
 */
final class Table<K extends Comparable<? super K>, V> implements Iterable<Map.Entry<K, V>> {
  /** A subtree is at most so many times as heavy as its sibling. */
  private static final int BALANCE = 3;

  /** Whether one rotation restores the balance or two are needed. */
  private static final int SINGLE = 2;

  private static final Table<?, ?> EMPTY = new Table<String, String>(null, null);

  private final Branch<K, V> root;

  /**
   * What was put or found last, for one event asks for the same few things again and again. As with
   * the hash of a text, threads may overwrite each other's: each value is as good.
   */
  private Branch<K, V> last;

  private record Branch<K, V>(K key, V value, Branch<K, V> left, Branch<K, V> right, int size)
      implements Map.Entry<K, V> {
    @Override
    public K getKey() {
      return key;
    }

    @Override
    public V getValue() {
      return value;
    }

    @Override
    public V setValue(V changed) {
      throw new UnsupportedOperationException("a table does not change");
    }
  }

  private Table(Branch<K, V> root, Branch<K, V> last) {
    this.root = root;
    this.last = last;
  }

  @SuppressWarnings("unchecked") // an empty table holds nothing of any type
  static <K extends Comparable<? super K>, V> Table<K, V> empty() {
    return (Table<K, V>) EMPTY;
  }

  int size() {
    return size(root);
  }

  boolean isEmpty() {
    return root == null;
  }

  Optional<V> get(K key) {
    var found = find(key);
    return found == null ? Optional.empty() : Optional.of(found.value);
  }

  boolean contains(K key) {
    return find(key) != null;
  }

  /** The value of a key that must be there. */
  V at(K key) {
    var found = find(key);
    if (found == null) {
      throw new NoSuchElementException("nothing is known of " + key);
    }
    return found.value;
  }

  /** The same with one entry added or replaced. */
  Table<K, V> with(K key, V value) {
    return new Table<>(
        insert(root, Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value")),
        new Branch<>(key, value, null, null, 1));
  }

  /** The same without one entry, which need not be there. */
  @SuppressWarnings("ReferenceEquality") // the very branch: nothing was taken out
  Table<K, V> without(K key) {
    var left = remove(root, key);
    return left == root ? this : new Table<>(left, null);
  }

  /** The entry with the smallest key. */
  Optional<Map.Entry<K, V>> first() {
    return root == null ? Optional.empty() : Optional.of(leftmost(root));
  }

  /** The entry with the largest key. */
  Optional<Map.Entry<K, V>> last() {
    if (root == null) {
      return Optional.empty();
    }
    var branch = root;
    while (branch.right != null) {
      branch = branch.right;
    }
    return Optional.of(branch);
  }

  /** The entry with the smallest key that is larger than the given one. */
  Optional<Map.Entry<K, V>> after(K key) {
    Branch<K, V> best = null;
    var branch = root;
    while (branch != null) {
      if (key.compareTo(branch.key) < 0) {
        best = branch;
        branch = branch.left;
      } else {
        branch = branch.right;
      }
    }
    return Optional.ofNullable(best);
  }

  /** How many keys are smaller than the given one. */
  int rank(K key) {
    int rank = 0;
    var branch = root;
    while (branch != null) {
      if (key.compareTo(branch.key) <= 0) {
        branch = branch.left;
      } else {
        rank += size(branch.left) + 1;
        branch = branch.right;
      }
    }
    return rank;
  }

  /** The entry that so many smaller ones precede. */
  Map.Entry<K, V> ranked(int rank) {
    Objects.checkIndex(rank, size());
    int left = rank;
    var branch = root;
    while (true) {
      int before = size(branch.left);
      if (left == before) {
        return branch;
      }
      if (left < before) {
        branch = branch.left;
      } else {
        left -= before + 1;
        branch = branch.right;
      }
    }
  }

  /** The values, in the order of their keys. */
  Stream<V> values() {
    return StreamSupport.stream(spliterator(), false).map(Map.Entry::getValue);
  }

  /** The keys, in order. */
  Stream<K> keys() {
    return StreamSupport.stream(spliterator(), false).map(Map.Entry::getKey);
  }

  @Override
  public Iterator<Map.Entry<K, V>> iterator() {
    return new InOrder<>(root);
  }

  @Override
  public String toString() {
    var text = new StringBuilder("{");
    for (var entry : this) {
      text.append(text.length() > 1 ? ", " : "")
          .append(entry.getKey())
          .append('=')
          .append(entry.getValue());
    }
    return text.append('}').toString();
  }

  private Branch<K, V> find(K key) {
    var latest = last;
    if (latest != null && latest.key.equals(key)) {
      return latest;
    }
    var branch = root;
    while (branch != null) {
      int order = key.compareTo(branch.key);
      if (order == 0) {
        last = branch;
        return branch;
      }
      branch = order < 0 ? branch.left : branch.right;
    }
    return null;
  }

  private static int size(Branch<?, ?> branch) {
    return branch == null ? 0 : branch.size;
  }

  private static <K, V> Branch<K, V> leftmost(Branch<K, V> from) {
    var branch = from;
    while (branch.left != null) {
      branch = branch.left;
    }
    return branch;
  }

  private static <K, V> Branch<K, V> branch(
      Map.Entry<K, V> middle, Branch<K, V> left, Branch<K, V> right) {
    return new Branch<>(
        middle.getKey(), middle.getValue(), left, right, size(left) + size(right) + 1);
  }

  private static <K extends Comparable<? super K>, V> Branch<K, V> insert(
      Branch<K, V> into, K key, V value) {
    if (into == null) {
      return new Branch<>(key, value, null, null, 1);
    }
    int order = key.compareTo(into.key);
    if (order == 0) {
      return new Branch<>(key, value, into.left, into.right, into.size);
    }
    return order < 0
        ? balanced(into, insert(into.left, key, value), into.right)
        : balanced(into, into.left, insert(into.right, key, value));
  }

  /** The same branch when the key is not there. */
  @SuppressWarnings("ReferenceEquality") // the very branch: nothing was taken out below
  private static <K extends Comparable<? super K>, V> Branch<K, V> remove(
      Branch<K, V> from, K key) {
    if (from == null) {
      return null;
    }
    int order = key.compareTo(from.key);
    if (order < 0) {
      var left = remove(from.left, key);
      return left == from.left ? from : balanced(from, left, from.right);
    }
    if (order > 0) {
      var right = remove(from.right, key);
      return right == from.right ? from : balanced(from, from.left, right);
    }
    if (from.left == null || from.right == null) {
      return from.left == null ? from.right : from.left;
    }
    var next = leftmost(from.right);
    return balanced(next, from.left, remove(from.right, next.key));
  }

  private static <K, V> Branch<K, V> balanced(
      Map.Entry<K, V> middle, Branch<K, V> left, Branch<K, V> right) {
    int leftSize = size(left);
    int rightSize = size(right);
    if (leftSize + rightSize > 1) {
      if (rightSize > BALANCE * leftSize) {
        return leanLeft(middle, left, right);
      }
      if (leftSize > BALANCE * rightSize) {
        return leanRight(middle, left, right);
      }
    }
    return branch(middle, left, right);
  }

  private static <K, V> Branch<K, V> leanLeft(
      Map.Entry<K, V> middle, Branch<K, V> left, Branch<K, V> right) {
    if (size(right.left) < SINGLE * size(right.right)) {
      return branch(right, branch(middle, left, right.left), right.right);
    }
    var top = right.left;
    return branch(top, branch(middle, left, top.left), branch(right, top.right, right.right));
  }

  private static <K, V> Branch<K, V> leanRight(
      Map.Entry<K, V> middle, Branch<K, V> left, Branch<K, V> right) {
    if (size(left.right) < SINGLE * size(left.left)) {
      return branch(left, left.left, branch(middle, left.right, right));
    }
    var top = left.right;
    return branch(top, branch(left, left.left, top.left), branch(middle, top.right, right));
  }

  private static final class InOrder<K, V> implements Iterator<Map.Entry<K, V>> {
    private final Deque<Branch<K, V>> path = new ArrayDeque<>();

    InOrder(Branch<K, V> root) {
      descend(root);
    }

    private void descend(Branch<K, V> from) {
      for (var branch = from; branch != null; branch = branch.left) {
        path.push(branch);
      }
    }

    @Override
    public boolean hasNext() {
      return !path.isEmpty();
    }

    @Override
    public Map.Entry<K, V> next() {
      if (path.isEmpty()) {
        throw new NoSuchElementException();
      }
      var branch = path.pop();
      descend(branch.right);
      return branch;
    }
  }
}
