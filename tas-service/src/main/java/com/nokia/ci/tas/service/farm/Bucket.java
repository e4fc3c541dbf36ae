package com.nokia.ci.tas.service.farm;

/**
 * A part of a {@link Register}: what stands behind some pieces of a hash. Immutable.
 *
 * @param <K> key
 * @param <V> value
 */
sealed interface Bucket<K extends Comparable<? super K>, V>
    permits Fork, Bucket.Item, Bucket.Items {
  /** The value of a key; null: it is not here. */
  V find(int shift, int hash, K key);

  /** The same with one entry more, or replaced. */
  Bucket<K, V> with(int shift, Item<K, V> item);

  /** The same without an entry that is here; {@link Fork#nothing} when nothing else is. */
  Bucket<K, V> without(int shift, int hash, K key);

  /** Writes the keys into an array from a place on, and returns the place behind them. */
  int list(Object[] keys, int from);

  /** One entry. */
  record Item<K extends Comparable<? super K>, V>(int hash, K key, V value)
      implements Bucket<K, V> {
    @Override
    public V find(int shift, int sought, K other) {
      return sought == hash && key.equals(other) ? value : null;
    }

    @Override
    public Bucket<K, V> with(int shift, Item<K, V> item) {
      if (item.hash != hash) {
        return Fork.apart(shift, hash, this, item);
      }
      return item.key.equals(key)
          ? item
          : new Items<>(hash, Table.<K, V>empty().with(key, value).with(item.key, item.value));
    }

    @Override
    public Bucket<K, V> without(int shift, int sought, K other) {
      return Fork.nothing();
    }

    @Override
    public int list(Object[] keys, int from) {
      keys[from] = key;
      return from + 1;
    }
  }

  /** Several entries of the same hash: hardly ever, unless somebody chooses names to that end. */
  record Items<K extends Comparable<? super K>, V>(int hash, Table<K, V> all)
      implements Bucket<K, V> {
    @Override
    public V find(int shift, int sought, K key) {
      return sought == hash ? all.get(key).orElse(null) : null;
    }

    @Override
    public Bucket<K, V> with(int shift, Item<K, V> item) {
      return item.hash == hash
          ? new Items<>(hash, all.with(item.key, item.value))
          : Fork.apart(shift, hash, this, item);
    }

    @Override
    public Bucket<K, V> without(int shift, int sought, K key) {
      var left = all.without(key);
      var first = left.first().orElseThrow();
      return left.size() > 1
          ? new Items<>(hash, left)
          : new Item<>(hash, first.getKey(), first.getValue());
    }

    @Override
    public int list(Object[] keys, int from) {
      int next = from;
      for (var entry : all) {
        keys[next++] = entry.getKey();
      }
      return next;
    }
  }
}
