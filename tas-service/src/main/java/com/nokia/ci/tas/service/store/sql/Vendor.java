package com.nokia.ci.tas.service.store.sql;

import com.nokia.ci.tas.service.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
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

  /** The tests of these numbers were added: their ids are to be found by a part of them. */
  void textAdded(Connection connection, long from, long to) throws SQLException;

  /** A test is about to be dropped. */
  void textDropped(Connection connection, long number) throws SQLException;

  /**
   * How tests are found by a part of their id.
   *
   * @param part with at least three characters
   * @param sample of the ids among which it is looked for
   */
  TextSearch textSearch(String part, TextSample sample);

  /**
   * A part of a query that finds tests by a part of their id.
   *
   * @param tables what stands behind {@code from}
   * @param clause with a question mark for each value
   * @param values for the question marks
   * @param number column with the number of the test, by which the result is ordered
   */
  record TextSearch(String tables, String clause, List<String> values, String number) {

    /** One that looks through the tests themselves. */
    static TextSearch ofTests(String clause, String value) {
      return new TextSearch("ended_test", clause, List.of(value), "ended_test.number");
    }
  }

  /** A column by which tests are not to be looked for: they are found by another one. */
  default String aside(String column) {
    return column; // a database that counts what it has knows by itself
  }

  /** A pattern that fits whatever has this part, with a backslash before what is no wildcard. */
  static String having(String part) {
    return "%" + part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
  }
}
