package com.nokia.ci.tas.service.access.store;

import com.nokia.ci.tas.commons.launch.FileWatch;
import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.service.access.AccessBook;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whom the farm knows, as it is in force while the service runs.
 *
 * <p>A change by the command line is in force within two seconds, one of the service's own at once.
 * While the file cannot be used, everything stays as it was. Safe for use by any thread.
 */
public final class LiveAccess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveAccess.class);

  private final AccessFile file;
  private final List<Consumer<AccessBook>> listeners = new CopyOnWriteArrayList<>();
  private final FileWatch watch;
  private volatile AccessBook current = AccessBook.EMPTY;

  private LiveAccess(AccessFile file) {
    this.file = file;
    this.watch = file.watch(this::readAgain);
  }

  /**
   * Reads the file and watches it from now on.
   *
   * @throws SettingsException when it is there and cannot be used
   */
  public static LiveAccess open(AccessFile file) {
    var access = new LiveAccess(file);
    try {
      access.current = file.read();
      return access;
    } catch (SettingsException e) {
      access.close();
      throw e;
    }
  }

  /** Whom the farm knows now. */
  public AccessBook current() {
    return current;
  }

  /** Tells of each change from now on, on the thread that notices it. */
  public void onChange(Consumer<AccessBook> listener) {
    listeners.add(listener);
  }

  /** Changes the file, and what is in force; see {@link AccessFile#change}. */
  public AccessBook change(UnaryOperator<AccessBook> change) {
    AccessBook after = file.change(change);
    readAgain();
    return after;
  }

  private void readAgain() {
    try {
      AccessBook before = current;
      AccessBook now = newest();
      if (!now.equals(before)) {
        listeners.forEach(listener -> listener.accept(now));
      }
    } catch (SettingsException e) {
      LOG.atError().log("{}; what was in force before stays in force", e.getMessage());
    }
  }

  /**
   * Reading and taking are one step, so that what was read first never replaces what came later.
   */
  private synchronized AccessBook newest() {
    current = file.read();
    return current;
  }

  @Override
  public void close() {
    watch.close();
  }
}
