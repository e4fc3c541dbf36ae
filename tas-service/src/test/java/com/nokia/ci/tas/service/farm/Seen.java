package com.nokia.ci.tas.service.farm;

/**
 * What an invariant has looked at, so that it looks again only when something is otherwise. The
 * records of a farm are immutable: what is the same object has not changed.
 */
final class Seen {
  private Object[] last = {};

  /** Whether one of these is another object than the last time. */
  @SuppressWarnings("ReferenceEquality") // what was changed is another object
  boolean isNew(Object... now) {
    boolean isSame = now.length == last.length;
    for (int i = 0; isSame && i < now.length; i++) {
      isSame = now[i] == last[i];
    }
    last = now;
    return !isSame;
  }
}
