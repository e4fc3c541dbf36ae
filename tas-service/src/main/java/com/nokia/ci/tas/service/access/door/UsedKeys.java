package com.nokia.ci.tas.service.access.door;

import com.nokia.ci.tas.commons.model.KeyId;
import com.nokia.ci.tas.service.access.store.LastUse;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Remembers when keys were used and writes it down now and then. Safe for use by any thread. */
final class UsedKeys {
  private final LastUse file;
  private final Map<KeyId, Instant> used;
  private boolean changed;

  UsedKeys(LastUse file) {
    this.file = file;
    this.used = new TreeMap<>(file.read());
  }

  synchronized void note(KeyId key, Instant now) {
    used.put(key, now);
    changed = true;
  }

  /** Writes what was noted since the last time. */
  void write() {
    Map<KeyId, Instant> all;
    synchronized (this) {
      if (!changed) {
        return;
      }
      changed = false;
      all = new TreeMap<>(used);
    }
    file.write(all);
  }
}
