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
 * logarithm of the size, ranks included, and most tables are one page. The last page stands beside
 * the tree: what comes at the end, as ages and times do, is put there without a look at anything
 * else, and the tree changes once for {@value Page#MOST} of them.
 *
 * @param <K> key, whose order agrees with equals
 * @param <V> value, never null
 */
final class Table<K extends Comparable<? super K>, V> implements Iterable<Map.Entry<K, V>> {
  private static final Table<?, ?> EMPTY =
      new Table<String, String>(Leaf.<String, String>empty(), Leaf.empty());

  /** All entries but those of the end. */
  private final Page<K, V> tree;

  /** The last entries: a table that is not empty has some. */
  private final Leaf<K, V> end;

  private Table(Page<K, V> tree, Leaf<K, V> end) {
    this.tree = tree;
    this.end = end;
  }

  @SuppressWarnings("unchecked") // an empty table holds nothing of any type
  static <K extends Comparable<? super K>, V> Table<K, V> empty() {
    return (Table<K, V>) EMPTY;
  }

  int size() {
    return tree.size() + end.count();
  }

  boolean isEmpty() {
    return end.count() == 0;
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
    var leaf = leaf(key);
    int place = leaf.place(key);
    return place < 0 ? null : leaf.value(place);
  }

  /** Whether a key stands at the end, if it does. */
  private boolean isAtEnd(K key) {
    return tree.count() == 0 || key.compareTo(end.key(0)) >= 0;
  }

  /** The leaf in which a key stands, if it does. */
  private Leaf<K, V> leaf(K key) {
    if (isAtEnd(key)) {
      return end;
    }
    var page = tree;
    while (page instanceof Branch<K, V> branch) {
      page = branch.page(branch.way(key));
    }
    return page.first();
  }

  /** The same with one entry added or replaced. */
  Table<K, V> with(K key, V value) {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
    // Most tables grow at their end, for keys are often given in their order.
    if (end.isBehind(key)) {
      return end.count() < Page.MOST
          ? new Table<>(tree, end.behind(key, value))
          : new Table<>(lower(behind(end)), Leaf.of(key, value));
    }
    if (!isAtEnd(key)) {
      return new Table<>(lower(tree.with(key, value)), end);
    }
    var grown = end.with(key, value);
    int all = grown.count();
    return all <= Page.MOST
        ? new Table<>(tree, grown)
        : new Table<>(lower(behind(grown.part(0, all / 2))), grown.part(all / 2, all));
  }

  private Page<K, V> behind(Leaf<K, V> leaf) {
    if (tree instanceof Branch<K, V> branch) {
      return branch.with(leaf);
    }
    return tree.count() == 0 ? leaf : Branch.above(tree.first(), leaf);
  }

  /** A tree whose topmost page may have become too large or too small. */
  private static <K extends Comparable<? super K>, V> Page<K, V> lower(Page<K, V> tree) {
    if (tree.count() > Page.MOST) {
      return Branch.above(tree);
    }
    var top = tree;
    while (top instanceof Branch<K, V> branch && branch.count() <= 1) {
      top = branch.count() == 0 ? Leaf.empty() : branch.page(0);
    }
    return top;
  }

  /** The same without one entry, which need not be there. */
  @SuppressWarnings("ReferenceEquality") // the very page: nothing was taken out
  Table<K, V> without(K key) {
    // What waits, runs or is due leaves by age, and each look at another page is a wait for memory.
    boolean isFirst = tree instanceof Branch<K, V> branch && branch.isInFirst(key);
    if (isFirst || !isAtEnd(key)) {
      var left = tree.without(key);
      return left == tree ? this : new Table<>(lower(left), end);
    }
    var left = end.without(key);
    if (left == end) {
      return this;
    }
    if (left.count() > 0) {
      return new Table<>(tree, left);
    }
    if (tree instanceof Branch<K, V> branch) {
      return new Table<>(lower(branch.withoutLast()), branch.last());
    }
    return tree.count() == 0 ? empty() : new Table<>(Leaf.empty(), tree.first());
  }

  /** The same with other values: looks for no key, and shares what stays as it is. */
  @SuppressWarnings("ReferenceEquality") // the very pages: nothing was changed
  Table<K, V> mapped(BiFunction<? super K, ? super V, ? extends V> change) {
    var changed = tree.mapped(change);
    var changedEnd = end.mapped(change);
    return changed == tree && changedEnd == end ? this : new Table<>(changed, changedEnd);
  }

  /** The entry with the smallest key. */
  Optional<Map.Entry<K, V>> first() {
    return isEmpty() ? Optional.empty() : Optional.of(firstLeaf().entry(0));
  }

  private Leaf<K, V> firstLeaf() {
    return tree.count() == 0 ? end : tree.first();
  }

  /** The entry with the largest key. */
  Optional<Map.Entry<K, V>> last() {
    return isEmpty() ? Optional.empty() : Optional.of(end.entry(end.count() - 1));
  }

  /** The entry with the smallest key that is larger than the given one. */
  @SuppressWarnings("ReferenceEquality") // the very leaf
  Optional<Map.Entry<K, V>> after(K key) {
    var next = end;
    Page<K, V> page = isAtEnd(key) ? end : tree;
    while (page instanceof Branch<K, V> branch) {
      int way = branch.way(key);
      next = way + 1 < branch.count() ? branch.page(way + 1).first() : next;
      page = branch.page(way);
    }
    var leaf = page.first();
    int place = leaf.place(key);
    int behind = place < 0 ? -1 - place : place + 1;
    if (behind < leaf.count()) {
      return Optional.of(leaf.entry(behind));
    }
    return leaf == end ? Optional.empty() : Optional.of(next.entry(0));
  }

  /** How many keys are smaller than the given one. */
  int rank(K key) {
    if (isAtEnd(key)) {
      return tree.size() + rank(end, key);
    }
    int before = 0;
    var page = tree;
    while (page instanceof Branch<K, V> branch) {
      int way = branch.way(key);
      for (int i = 0; i < way; i++) {
        before += branch.page(i).size();
      }
      page = branch.page(way);
    }
    return before + rank(page.first(), key);
  }

  private static <K extends Comparable<? super K>> int rank(Leaf<K, ?> leaf, K key) {
    int place = leaf.place(key);
    return place < 0 ? -1 - place : place;
  }

  /** The entry that so many smaller ones precede. */
  Map.Entry<K, V> ranked(int rank) {
    int left = Objects.checkIndex(rank, size());
    if (left >= tree.size()) {
      return end.entry(left - tree.size());
    }
    var page = tree;
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
    return tree.count() == 0 ? end.allValues() : entries().map(Map.Entry::getValue);
  }

  /** The keys, in order. */
  Stream<K> keys() {
    return tree.count() == 0 ? end.allKeys() : entries().map(Map.Entry::getKey);
  }

  private Stream<Map.Entry<K, V>> entries() {
    int kind = Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE;
    return StreamSupport.stream(Spliterators.spliterator(iterator(), size(), kind), false);
  }

  @Override
  public Iterator<Map.Entry<K, V>> iterator() {
    return new InOrder<>(tree, end);
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
    private final Leaf<K, V> end;
    private Leaf<K, V> leaf;
    private int next;
    private Ahead<K, V> ahead;

    /** The pages of a branch that come next, and what comes behind that branch. */
    private record Ahead<K extends Comparable<? super K>, V>(
        Branch<K, V> branch, int next, Ahead<K, V> behind) {}

    InOrder(Page<K, V> tree, Leaf<K, V> end) {
      this.end = end;
      leaf = tree.count() == 0 ? end : descended(tree);
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
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return end;
      }
      var page = ahead.branch().page(ahead.next());
      boolean isLast = ahead.next() + 1 == ahead.branch().count();
      ahead =
          isLast ? ahead.behind() : new Ahead<>(ahead.branch(), ahead.next() + 1, ahead.behind());
      return page;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the very leaf
    public boolean hasNext() {
      return next < leaf.count() || leaf != end;
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
