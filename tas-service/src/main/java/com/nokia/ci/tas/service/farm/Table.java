package com.nokia.ci.tas.service.farm;

import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * An immutable map in the order of its keys: a changed table shares all but a path of the old one.
 * The state of the farm is made of these, so that an event that fails leaves no trace and a
 * snapshot is a reference. What is only looked up by its key stands in a {@link Register}.
 *
 * <p>A tree of pages of up to {@value Page#MOST} places: every operation takes at most the
 * logarithm of the size, ranks included, and most tables are one page.
 *
 * @param <K> key, whose order agrees with equals
 * @param <V> value, never null
 */
final class Table<K extends Comparable<? super K>, V> implements Iterable<Map.Entry<K, V>> {
  private static final Table<?, ?> EMPTY = new Table<String, String>(new Leaf<>());

  private final Page<K, V> root;

  private Table(Page<K, V> root) {
    this.root = root;
  }

  @SuppressWarnings("unchecked") // an empty table holds nothing of any type
  static <K extends Comparable<? super K>, V> Table<K, V> empty() {
    return (Table<K, V>) EMPTY;
  }

  int size() {
    return root.size();
  }

  boolean isEmpty() {
    return root.count() == 0;
  }

  Optional<V> get(K key) {
    return Optional.ofNullable(find(key));
  }

  boolean contains(K key) {
    return find(key) != null;
  }

  /** The value of a key that must be there. */
  V at(K key) {
    V found = find(key);
    if (found == null) {
      throw new NoSuchElementException("nothing is known of " + key);
    }
    return found;
  }

  private V find(K key) {
    var page = root;
    while (page instanceof Branch<K, V> branch) {
      page = branch.page(branch.way(key));
    }
    var leaf = page.first();
    int place = leaf.place(key);
    return place < 0 ? null : leaf.value(place);
  }

  /** The same with one entry added or replaced. */
  Table<K, V> with(K key, V value) {
    var changed =
        root.with(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
    return new Table<>(changed.count() > Page.MOST ? Branch.above(changed) : changed);
  }

  /** The same without one entry, which need not be there. */
  @SuppressWarnings("ReferenceEquality") // the very page: nothing was taken out
  Table<K, V> without(K key) {
    var left = root.without(key);
    if (left == root) {
      return this;
    }
    var top = left;
    while (top instanceof Branch<K, V> branch && branch.count() == 1) {
      top = branch.page(0);
    }
    return top.size() == 0 ? empty() : new Table<>(top);
  }

  /** The same with other values: looks for no key, and shares what stays as it is. */
  @SuppressWarnings("ReferenceEquality") // the very page: nothing was changed
  Table<K, V> mapped(BiFunction<? super K, ? super V, ? extends V> change) {
    var changed = root.mapped(change);
    return changed == root ? this : new Table<>(changed);
  }

  /** The entry with the smallest key. */
  Optional<Map.Entry<K, V>> first() {
    return isEmpty() ? Optional.empty() : Optional.of(root.first().entry(0));
  }

  /** The entry with the largest key. */
  Optional<Map.Entry<K, V>> last() {
    return isEmpty() ? Optional.empty() : Optional.of(ranked(size() - 1));
  }

  /** The entry with the smallest key that is larger than the given one. */
  Optional<Map.Entry<K, V>> after(K key) {
    Page<K, V> next = null;
    var page = root;
    while (page instanceof Branch<K, V> branch) {
      int way = branch.way(key);
      next = way + 1 < branch.count() ? branch.page(way + 1) : next;
      page = branch.page(way);
    }
    var leaf = page.first();
    int place = leaf.place(key);
    int behind = place < 0 ? -1 - place : place + 1;
    if (behind < leaf.count()) {
      return Optional.of(leaf.entry(behind));
    }
    return next == null ? Optional.empty() : Optional.of(next.first().entry(0));
  }

  /** How many keys are smaller than the given one. */
  int rank(K key) {
    int before = 0;
    var page = root;
    while (page instanceof Branch<K, V> branch) {
      int way = branch.way(key);
      for (int i = 0; i < way; i++) {
        before += branch.page(i).size();
      }
      page = branch.page(way);
    }
    int place = page.first().place(key);
    return before + (place < 0 ? -1 - place : place);
  }

  /** The entry that so many smaller ones precede. */
  Map.Entry<K, V> ranked(int rank) {
    int left = Objects.checkIndex(rank, size());
    var page = root;
    while (page instanceof Branch<K, V> branch) {
      int way = 0;
      while (left >= branch.page(way).size()) {
        left -= branch.page(way).size();
        way++;
      }
      page = branch.page(way);
    }
    return page.first().entry(left);
  }

  /** The values, in the order of their keys. */
  Stream<V> values() {
    return root instanceof Leaf<K, V> leaf ? leaf.allValues() : entries().map(Map.Entry::getValue);
  }

  /** The keys, in order. */
  Stream<K> keys() {
    return root instanceof Leaf<K, V> leaf ? leaf.allKeys() : entries().map(Map.Entry::getKey);
  }

  private Stream<Map.Entry<K, V>> entries() {
    int kind = Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE;
    return StreamSupport.stream(Spliterators.spliterator(iterator(), size(), kind), false);
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

  /** Goes through a table page by page. */
  private static final class InOrder<K extends Comparable<? super K>, V>
      implements Iterator<Map.Entry<K, V>> {
    private Leaf<K, V> leaf;
    private int next;
    private Ahead<K, V> ahead;

    /** The pages of a branch that come next, and what comes behind that branch. */
    private record Ahead<K extends Comparable<? super K>, V>(
        Branch<K, V> branch, int next, Ahead<K, V> behind) {}

    InOrder(Page<K, V> root) {
      leaf = descended(root);
    }

    /** To the first leaf of a page; what stands behind that comes later. */
    private Leaf<K, V> descended(Page<K, V> from) {
      var page = from;
      while (page instanceof Branch<K, V> branch) {
        if (branch.count() > 1) {
          ahead = new Ahead<>(branch, 1, ahead);
        }
        page = branch.page(0);
      }
      return page.first();
    }

    private Page<K, V> nextPage() {
      if (ahead == null) {
        throw new NoSuchElementException();
      }
      var page = ahead.branch().page(ahead.next());
      boolean isLast = ahead.next() + 1 == ahead.branch().count();
      ahead =
          isLast ? ahead.behind() : new Ahead<>(ahead.branch(), ahead.next() + 1, ahead.behind());
      return page;
    }

    @Override
    public boolean hasNext() {
      return next < leaf.count() || ahead != null;
    }

    @Override
    public Map.Entry<K, V> next() {
      if (next == leaf.count()) {
        leaf = descended(nextPage());
        next = 0;
      }
      return leaf.entry(next++);
    }
  }
}
