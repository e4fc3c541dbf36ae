package com.nokia.ci.tas.service.store.sql;

import com.nokia.ci.tas.service.store.Retention;
import com.nokia.ci.tas.service.store.Store;
import com.nokia.ci.tas.service.store.StoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** SQLite keeps to what is expected of a store. */
final class SqliteStoreTest extends StoreContract {
  @TempDir Path directory;

  @Override
  protected Store open(Retention retention) {
    return SqlStores.embedded(directory.resolve("store"), retention);
  }
}
