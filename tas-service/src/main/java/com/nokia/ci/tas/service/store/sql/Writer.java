package com.nokia.ci.tas.service.store.sql;

import com.nokia.ci.tas.service.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one connection that writes. Whoever waits for it gets it in turn, so that a long piece of
 * work done in many transactions holds nobody up for longer than one of them.
 */
final class Writer implements AutoCloseable {
  private final ReentrantLock turn = new ReentrantLock(/* fair= */ true);
  private final Vendor vendor;
  private final Connection connection;
  private boolean isBroken;

  /** Takes over a connection, which it closes in the end. */
  Writer(Vendor vendor, Connection connection) {
    this.vendor = vendor;
    this.connection = connection;
  }

  /**
   * Does something in one transaction, which is durable when this returns.
   *
   * @param doing what, for the sentence about a failure
   */
  <T> T transaction(String doing, Work<T> work) {
    turn.lock();
    try {
      if (isBroken) {
        throw new StoreException(
            vendor.place() + " was closed, or failed before; start the service again");
      }
      return committed(doing, work);
    } finally {
      turn.unlock();
    }
  }

  private <T> T committed(String doing, Work<T> work) {
    try {
      vendor.guard(connection);
      T result = work.with(connection);
      connection.commit();
      return result;
    } catch (SQLException e) {
      isBroken = true;
      var failure = vendor.failure(doing, e);
      undo(failure);
      throw failure;
    } catch (StoreException e) {
      isBroken = true;
      undo(e);
      throw e;
    } catch (RuntimeException e) {
      undo(e);
      throw e;
    }
  }

  private void undo(Exception cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      isBroken = true;
      cause.addSuppressed(e);
    }
  }

  /** Waits for the transaction that is under way. */
  @Override
  public void close() {
    turn.lock();
    try {
      isBroken = true;
      connection.close();
    } catch (SQLException e) {
      throw vendor.failure("closing", e);
    } finally {
      turn.unlock();
    }
  }
}
