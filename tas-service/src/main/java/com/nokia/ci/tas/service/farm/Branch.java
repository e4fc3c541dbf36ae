package com.nokia.ci.tas.service.farm;

import java.util.Arrays;
import java.util.function.BiFunction;

/** Some pages of a {@link Table} in the order of their keys; none of them is empty. Immutable. */
@SuppressWarnings("unchecked") // what stands in a table are its keys, and pages of it
final class Branch<K extends Comparable<? super K>, V> implements Page<K, V> {
  /** No key below a page is smaller than the one that stands here in its place. */
  private final Object[] bounds;

  private final Object[] pages;
  private final int size;

  private Branch(Object[] bounds, Object[] pages, int size) {
    this.bounds = bounds;
    this.pages = pages;
    this.size = size;
  }

  /** A page that has become too large, in two. */
  static <K extends Comparable<? super K>, V> Branch<K, V> above(Page<K, V> large) {
    return new Branch<K, V>(new Object[] {large.first().key(0)}, new Object[] {large}, large.size())
        .cut(0, large.count() - 1);
  }

  /** A leaf and what comes behind it. */
  static <K extends Comparable<? super K>, V> Branch<K, V> above(
      Leaf<K, V> left, Leaf<K, V> right) {
    return new Branch<>(
        new Object[] {left.key(0), right.key(0)},
        new Object[] {left, right},
        left.size() + right.size());
  }

  Page<K, V> page(int place) {
    return (Page<K, V>) pages[place];
  }

  /** The place of the page that a key is below, if it is in the table. */
  int way(K key) {
    int place = Page.place(bounds, bounds.length, key);
    return place >= 0 ? place : Math.max(0, -2 - place);
  }

  /**
   * The same for a key that is taken out. The first page is looked at first: what waits, runs or is
   * due leaves by age, and each other look is a wait for memory.
   */
  private int wayOut(K key) {
    return isInFirst(key) ? 0 : way(key);
  }

  /** Whether a key is below the first page, if it is in the table, and there are others. */
  boolean isInFirst(K key) {
    return pages.length > 1 && key.compareTo((K) bounds[1]) < 0;
  }

  @Override
  public int count() {
    return pages.length;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Leaf<K, V> first() {
    return page(0).first();
  }

  @Override
  public Branch<K, V> with(K key, V value) {
    int way = way(key);
    var changed = page(way).with(key, value);
    boolean isSmallest = way == 0 && key.compareTo((K) bounds[0]) < 0;
    var grown = replaced(isSmallest ? Page.replaced(bounds, 0, key) : bounds, way, changed);
    // The last page grows at its end in most tables, for keys are often given in their order.
    int all = changed.count();
    return all > MOST ? grown.cut(way, way == pages.length - 1 ? all - 1 : all / 2) : grown;
  }

  /** The same with a leaf behind its last one. */
  Branch<K, V> with(Leaf<K, V> leaf) {
    int last = pages.length - 1;
    if (page(last) instanceof Branch<K, V> below) {
      var grown = below.with(leaf);
      var changed = replaced(bounds, last, grown);
      return grown.count() > MOST ? changed.cut(last, grown.count() - 1) : changed;
    }
    return new Branch<>(
        Page.inserted(bounds, last + 1, leaf.key(0)),
        Page.inserted(pages, last + 1, leaf),
        size + leaf.size());
  }

  /** Its last leaf. */
  Leaf<K, V> last() {
    var page = page(pages.length - 1);
    return page instanceof Branch<K, V> below ? below.last() : page.first();
  }

  /** The same without its last leaf; may have no pages left. */
  Branch<K, V> withoutLast() {
    int last = pages.length - 1;
    if (page(last) instanceof Branch<K, V> below) {
      var left = below.withoutLast();
      if (left.count() > 0) {
        return replaced(bounds, last, left);
      }
    }
    return part(0, last);
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // the very page: nothing was taken out below
  public Branch<K, V> without(K key) {
    int way = wayOut(key);
    var changed = page(way).without(key);
    if (changed == page(way)) {
      return this;
    }
    if (changed.size() == 0) {
      return new Branch<>(Page.removed(bounds, way), Page.removed(pages, way), size - 1);
    }
    var left = replaced(bounds, way, changed);
    boolean isSmall = changed.count() < LEAST && pages.length > 1;
    return isSmall ? left.merged(way + 1 < pages.length ? way : way - 1) : left;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // the very page: nothing was changed below
  public Branch<K, V> mapped(BiFunction<? super K, ? super V, ? extends V> change) {
    Object[] changed = null;
    for (int i = 0; i < pages.length; i++) {
      var now = page(i).mapped(change);
      if (now != pages[i]) {
        changed = changed == null ? pages.clone() : changed;
        changed[i] = now;
      }
    }
    return changed == null ? this : new Branch<>(bounds, changed, size);
  }

  @Override
  public Branch<K, V> part(int from, int to) {
    int left = 0;
    for (int i = from; i < to; i++) {
      left += page(i).size();
    }
    return new Branch<>(
        Arrays.copyOfRange(bounds, from, to), Arrays.copyOfRange(pages, from, to), left);
  }

  @Override
  public Branch<K, V> joined(Page<K, V> right) {
    var other = (Branch<K, V>) right;
    return new Branch<>(
        Page.joined(bounds, bounds.length, other.bounds, other.bounds.length),
        Page.joined(pages, pages.length, other.pages, other.pages.length),
        size + other.size);
  }

  private Branch<K, V> replaced(Object[] newBounds, int place, Page<K, V> page) {
    return new Branch<>(
        newBounds, Page.replaced(pages, place, page), size - page(place).size() + page.size());
  }

  /** The same with a page in two, of which the left has so many places. */
  private Branch<K, V> cut(int place, int left) {
    var large = page(place);
    var right = large.part(left, large.count());
    return new Branch<>(
        Page.inserted(bounds, place + 1, right.first().key(0)),
        Page.inserted(Page.replaced(pages, place, large.part(0, left)), place + 1, right),
        size);
  }

  /** The same with a page and its right neighbour in one, or evenly in two. */
  private Branch<K, V> merged(int place) {
    var joined = page(place).joined(page(place + 1));
    var one =
        new Branch<K, V>(
            Page.removed(bounds, place + 1),
            Page.replaced(Page.removed(pages, place + 1), place, joined),
            size);
    return joined.count() > MOST ? one.cut(place, joined.count() / 2) : one;
  }
}
