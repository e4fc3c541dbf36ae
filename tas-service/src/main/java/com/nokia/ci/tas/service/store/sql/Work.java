package com.nokia.ci.tas.service.store.sql;

import java.sql.Connection;
import java.sql.SQLException;

/** Something to be done with a connection. */
@FunctionalInterface
interface Work<T> {
  T with(Connection connection) throws SQLException;
}
