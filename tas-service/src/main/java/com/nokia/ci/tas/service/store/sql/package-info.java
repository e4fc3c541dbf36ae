/**
 * The store in a database: SQLite in a file of the service, or PostgreSQL on a server of the farm.
 * One set of migrations, what differs between the two behind one interface.
 *
 * <p>Depends on {@code service.store}, {@code service.store.json}, JDBC, Flyway, HikariCP and the
 * two drivers; nothing outside of it knows that there is SQL.
 */
package com.nokia.ci.tas.service.store.sql;
