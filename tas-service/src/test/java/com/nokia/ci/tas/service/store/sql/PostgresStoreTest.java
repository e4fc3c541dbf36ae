package com.nokia.ci.tas.service.store.sql;

import com.nokia.ci.tas.service.store.Retention;
import com.nokia.ci.tas.service.store.Store;
import com.nokia.ci.tas.service.store.StoreContract;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** PostgreSQL keeps to what is expected of a store. */
final class PostgresStoreTest extends StoreContract {
  @RegisterExtension static final PostgresServer SERVER = new PostgresServer();

  private PostgresPlace place;

  @BeforeEach
  void makeDatabase() throws SQLException {
    place = SERVER.place();
  }

  @Override
  protected Store open(Retention retention) {
    try (var candidate = new Candidate(place, retention)) {
      return candidate.lead();
    }
  }
}
