package com.nokia.ci.tas.service.farm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An immutable map that finds by hash and lists in the order of its keys: for what is known by an
 * id. A changed register shares all but a path of the old one.
 *
 * <p>To find or change something takes no longer in a large register than in a small one, and
 * compares keys with no other than the one that is sought. A listing sorts; it is kept for as long
 * as no key comes or goes. Which hash a key has decides nothing but where it is looked for.
 *
 * @param <K> key, whose order and hash agree with equals
 * @param <V> value, never null
 */
final class Register<K extends Comparable<? super K>, V> implements Iterable<Map.Entry<K, V>> {
  private static final Register<?, ?> EMPTY =
      new Register<String, String>(Fork.nothing(), 0, new Listing<>());

  private final Bucket<K, V> root;
  private final int size;
  private final Listing<K> listing;

  /** The keys in order, once somebody has asked for them. */
  private static final class Listing<K> {
    private volatile List<K> keys;
  }

  private Register(Bucket<K, V> root, int size, Listing<K> listing) {
    this.root = root;
    this.size = size;
    this.listing = listing;
  }

  @SuppressWarnings("unchecked") // an empty register holds nothing of any type
  static <K extends Comparable<? super K>, V> Register<K, V> empty() {
    return (Register<K, V>) EMPTY;
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
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
    return root.find(0, Fork.hash(key), key);
  }

  /** The same with one entry added or replaced. */
  Register<K, V> with(K key, V value) {
    int hash = Fork.hash(Objects.requireNonNull(key, "key"));
    boolean isKnown = root.find(0, hash, key) != null;
    var changed =
        root.with(0, new Bucket.Item<>(hash, key, Objects.requireNonNull(value, "value")));
    return new Register<>(changed, isKnown ? size : size + 1, isKnown ? listing : new Listing<>());
  }

  /** The same without one entry, which need not be there. */
  Register<K, V> without(K key) {
    int hash = Fork.hash(key);
    if (root.find(0, hash, key) == null) {
      return this;
    }
    return size == 1
        ? empty()
        : new Register<>(root.without(0, hash, key), size - 1, new Listing<>());
  }

  /** The values, in the order of their keys. */
  Stream<V> values() {
    return sorted().stream().map(this::at);
  }

  /** The keys, in order. */
  Stream<K> keys() {
    return sorted().stream();
  }

  /** The keys of what is here and is not the very same there, or the other way round. */
  @SuppressWarnings("ReferenceEquality") // what was changed is another object
  List<K> differing(Register<K, V> other) {
    var suspects = new ArrayList<K>();
    Fork.differing(root, other.root, suspects);
    suspects.removeIf(key -> find(key) == other.find(key));
    return suspects;
  }

  @Override
  public Iterator<Map.Entry<K, V>> iterator() {
    return sorted().stream().map(key -> Map.entry(key, at(key))).iterator();
  }

  @Override
  public String toString() {
    return keys().map(key -> key + "=" + at(key)).toList().toString();
  }

  @SuppressWarnings("unchecked") // what stands in a register are its keys
  private List<K> sorted() {
    var known = listing.keys;
    if (known == null) {
      var keys = new Object[size];
      root.list(keys, 0);
      Arrays.sort(keys);
      known = (List<K>) (List<?>) List.of(keys);
      listing.keys = known;
    }
    return known;
  }
}
