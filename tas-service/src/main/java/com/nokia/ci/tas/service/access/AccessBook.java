package com.nokia.ci.tas.service.access;

import com.nokia.ci.tas.commons.model.KeyId;
import com.nokia.ci.tas.commons.model.Principal;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everybody whom a farm knows: what is in its access file. It holds digests and no secrets.
 *
 * @param keys by their names, those that have expired or were revoked included
 */
public record AccessBook(Map<KeyId, AccessKey> keys) {

  /** Nobody is known. */
  public static final AccessBook EMPTY = new AccessBook(Map.of());

  public AccessBook {
    keys = Collections.unmodifiableMap(new TreeMap<>(keys));
  }

  /** The same with a key added, or replaced by one of that name. */
  public AccessBook with(AccessKey key) {
    var changed = new TreeMap<>(keys);
    changed.put(key.id(), key);
    return new AccessBook(changed);
  }

  public Optional<AccessKey> key(KeyId id) {
    return Optional.ofNullable(keys.get(id));
  }

  /** Who the holder of a key is, and may do. */
  public Principal holder(AccessKey key) {
    return key.holder();
  }
}
