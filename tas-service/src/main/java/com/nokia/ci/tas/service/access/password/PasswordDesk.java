package com.nokia.ci.tas.service.access.password;

import com.nokia.ci.tas.service.access.PasswordHash;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where passwords are checked and hashed: one after another on a thread of its own, so that the
 * effort that makes a hash strong costs the service one processor and one hash's memory at most,
 * however many people try. {@value #WAITING} may wait. Safe for use by any thread; never blocks.
 */
public final class PasswordDesk implements AutoCloseable {
  private static final int WAITING = 16;
  private static final Duration IDLE = Duration.ofSeconds(30);

  private final Argon2id argon2id = new Argon2id(new SecureRandom());
  private final ThreadPoolExecutor thread;

  /** What came of looking at a password. */
  public enum Verdict {
    RIGHT,
    WRONG,
    /** Too many wait; nothing was checked. */
    BUSY
  }

  public PasswordDesk() {
    thread =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE.toSeconds(),
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            task -> {
              var worker = new Thread(task, "tas-passwords");
              worker.setDaemon(true);
              return worker;
            });
    thread.allowCoreThreadTimeOut(true);
  }

  /**
   * Checks a password. A name that nobody has costs the same time as a wrong password.
   *
   * @param hash of the person who is meant; empty: there is none
   */
  public CompletableFuture<Verdict> check(String password, Optional<PasswordHash> hash) {
    try {
      return CompletableFuture.supplyAsync(() -> checked(password, hash), thread);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedFuture(Verdict.BUSY);
    }
  }

  /** Hashes a new password; the future fails when too many wait. */
  public CompletableFuture<PasswordHash> hash(String password) {
    try {
      return CompletableFuture.supplyAsync(() -> argon2id.hash(password), thread);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private Verdict checked(String password, Optional<PasswordHash> hash) {
    boolean right = argon2id.matches(password, hash.orElse(Argon2id.NOBODYS));
    return right && hash.isPresent() ? Verdict.RIGHT : Verdict.WRONG;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
