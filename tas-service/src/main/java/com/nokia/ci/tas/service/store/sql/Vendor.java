package com.nokia.ci.tas.service.store.sql;

import com.nokia.ci.tas.service.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;

/** What differs between databases. */
interface Vendor {

  /** Where it is, for a person; without a password. */
  String place();

  /** Folder of its own migrations. */
  String folder();

  /** Words of its dialect in the migrations of all. */
  Map<String, String> words();

  /** New connections to it. */
  DataSource source();

  /** What went wrong, in one sentence with the remedy. */
  StoreException failure(String doing, SQLException cause);

  /**
   * Makes sure, in a transaction that is about to write, that this service still may.
   *
   * @throws com.nokia.ci.tas.service.store.FencedException when it may not
   */
  void guard(Connection connection) throws SQLException;
}
