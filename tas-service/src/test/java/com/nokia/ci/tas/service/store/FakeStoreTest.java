package com.nokia.ci.tas.service.store;

import java.util.Optional;

/** The fake keeps to what is expected of a store. */
final class FakeStoreTest extends StoreContract {
  private Optional<FakeStore> last = Optional.empty();

  @Override
  protected Store open(Retention retention) {
    var store = last.map(FakeStore::reopened).orElseGet(() -> new FakeStore(retention));
    last = Optional.of(store);
    return store;
  }
}
