package com.nokia.ci.tas.communicator.edge;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.ContentDigest;
import com.nokia.ci.tas.commons.model.DirectAccess;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.Lender;
import com.nokia.ci.tas.commons.xml.Dialect;
import com.nokia.ci.tas.communicator.artifact.ArtifactCache;
import com.nokia.ci.tas.communicator.artifact.CachedFile;
import com.nokia.ci.tas.communicator.node.Reach;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives large artifacts of the cache to other nodes that the service sends here, a few at a time so
 * that the runs of this node do not suffer; directly where the other node can be dialled, else
 * through the service (docs/adr/0018-artifacts-among-nodes.md). For any thread.
 */
final class LendingDesk implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LendingDesk.class);

  /** So many go out at a time; whoever comes then asks somebody else. */
  private static final int MOST = 2;

  /** A loan may take so long, and for each mebibyte a second more. */
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final LinkContext context;
  private final ArtifactCache cache;
  private final boolean lends;
  private final Executor pool;
  private final Semaphore places = new Semaphore(MOST);

  /** To whom something goes out at the moment. Guarded by itself. */
  private final Map<Endpoint, Line> lines = new HashMap<>();

  /** A connection to a borrower, and how many loans use it. */
  private static final class Line {
    private final ClientLink link;
    private int loans;

    private Line(ClientLink link) {
      this.link = link;
    }
  }

  /**
   * @param lends whether anything is given at all
   * @param pool reads files
   */
  LendingDesk(LinkContext context, ArtifactCache cache, boolean lends, Executor pool) {
    this.context = context;
    this.cache = cache;
    this.lends = lends;
    this.pool = pool;
  }

  /** The service sends somebody who wants a content. */
  void lend(FileOperation get, Lender shown) {
    if (!lends || !places.tryAcquire()) {
      abort(get);
      return;
    }
    pool.execute(
        () -> {
          var file = cache.take(shown.digest());
          if (file.isPresent()) {
            send(get, file.get());
          } else {
            places.release();
            abort(get);
          }
        });
  }

  private void send(FileOperation get, CachedFile file) {
    var borrower = get.sender();
    long seconds = LIMIT.toSeconds() + (file.size() >> 20);
    var sending =
        open(borrower, get.test().direct())
            .sendFile(answer(get, FileOperation.Kind.PUT), file.source(), Duration.ZERO);
    var unused =
        sending
            .orTimeout(seconds, TimeUnit.SECONDS)
            .whenComplete(
                (bytes, failure) -> {
                  file.close();
                  places.release();
                  pool.execute(() -> close(borrower));
                  sent(borrower, file.digest(), failure);
                });
  }

  /** Who got something else than was promised has not got it from a sound file. */
  private void sent(Endpoint borrower, ContentDigest digest, Throwable failure) {
    if (failure == null) {
      LOG.atInfo()
          .addKeyValue("artifact", digest)
          .addKeyValue("to", borrower)
          .log("an artifact was lent to another node");
      return;
    }
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (!(cause instanceof ConnectionLostException) && !(cause instanceof TimeoutException)) {
      cache.doubt(digest);
    }
    LOG.atInfo()
        .addKeyValue("artifact", digest)
        .addKeyValue("to", borrower)
        .addKeyValue("error", cause.toString())
        .log("an artifact was not lent");
  }

  private void abort(FileOperation get) {
    var unused =
        context
            .transport()
            .send(context.service(), answer(get, FileOperation.Kind.ABORT), Dialect.ESCAPED)
            .whenComplete(
                (sent, failure) -> {
                  if (failure != null) {
                    LOG.atDebug()
                        .addKeyValue("to", get.sender())
                        .addKeyValue("error", failure.getMessage())
                        .log("a node was not told that it gets no artifact");
                  }
                });
  }

  /** With the ticket that was shown, which is good for the way back. */
  private FileOperation answer(FileOperation get, FileOperation.Kind kind) {
    return new FileOperation(
        context.own().get(),
        get.sender(),
        kind,
        get.test().directly(Optional.empty()),
        FileReference.named(get.file().name()));
  }

  private ClientLink open(Endpoint borrower, Optional<DirectAccess> direct) {
    synchronized (lines) {
      var line =
          lines.computeIfAbsent(
              borrower, absent -> new Line(new ClientLink(context, borrower, () -> {})));
      line.loans++;
      line.link.join(direct.isPresent() ? Reach.DIRECT : Reach.RELAYED, direct);
      return line.link;
    }
  }

  private void close(Endpoint borrower) {
    Optional<Line> over = Optional.empty();
    synchronized (lines) {
      var line = lines.get(borrower);
      if (line != null && --line.loans == 0) {
        lines.remove(borrower);
        over = Optional.of(line);
      }
    }
    over.ifPresent(line -> line.link.closeDirect());
  }

  @Override
  public void close() {
    synchronized (lines) {
      lines.values().forEach(line -> line.link.closeDirect());
      lines.clear();
    }
  }
}
