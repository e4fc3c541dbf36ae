package com.nokia.ci.tas.communicator.edge;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.model.ContentDigest;
import com.nokia.ci.tas.commons.model.DirectAccess;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.LargeArtifact;
import com.nokia.ci.tas.commons.model.Lender;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.commons.transport.FileAnswer;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.commons.xml.Dialect;
import com.nokia.ci.tas.communicator.artifact.AwaitedArtifacts;
import com.nokia.ci.tas.communicator.artifact.CachedFile;
import com.nokia.ci.tas.communicator.artifact.ExchangeSettings;
import com.nokia.ci.tas.communicator.artifact.LoanReceiver;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks other nodes for large artifacts that this one does not have, one after another as the
 * service has named them, and each for a while only (docs/adr/0018-artifacts-among-nodes.md). What
 * comes is verified. Runs that want the same share one loan. For any thread; nothing blocks.
 */
final class Borrowing {
  private static final Logger LOG = LoggerFactory.getLogger(Borrowing.class);

  /** So many different contents are asked for at a time; past that the clients are asked. */
  private static final int MOST = 16;

  private final LinkContext context;
  private final LoanDoor door;
  private final AwaitedArtifacts awaited;
  private final ExchangeSettings settings;

  /** Guarded by this, with all that is in it. */
  private final Map<ContentDigest, Loan> loans = new HashMap<>();

  Borrowing(
      LinkContext context, LoanDoor door, AwaitedArtifacts awaited, ExchangeSettings settings) {
    this.context = context;
    this.door = door;
    this.awaited = awaited;
    this.settings = settings;
  }

  /**
   * Asks for an artifact of a run.
   *
   * @param execution of the run, as its start has it
   * @return whether it is in the cache; what depends on it is done while it stays there. Empty when
   *     there is nobody to ask
   */
  Optional<CompletableFuture<Boolean>> borrow(
      RuntimeId run, TestExecution execution, LargeArtifact artifact) {
    var digest = artifact.digest();
    var lenders =
        execution.lenders().stream()
            .filter(it -> it.digest().equals(digest) && !it.node().equals(context.own().get()))
            .limit(Lender.MOST_OF_ONE)
            .toList();
    if (lenders.isEmpty() || !settings.borrows(artifact)) {
      return Optional.empty();
    }
    Loan loan;
    synchronized (this) {
      var underWay = Optional.ofNullable(loans.get(digest));
      if (underWay.isPresent()) {
        return underWay.map(it -> it.outcome);
      }
      if (loans.size() >= MOST) {
        return Optional.empty();
      }
      loan = new Loan(digest, run, lenders);
      loans.put(digest, loan);
    }
    loan.askFirst();
    return Optional.of(loan.outcome);
  }

  /** Whether a content is being asked for. */
  synchronized boolean isUnderWay(ContentDigest digest) {
    return loans.containsKey(digest);
  }

  /** Whether a peer was let in because it was asked for an artifact. */
  boolean isLender(Peer peer) {
    return door.lender(peer).isPresent();
  }

  /** What becomes of a file that a node puts; empty when it is no loan. */
  Optional<FileAnswer> onPut(FileOperation put, Peer peer, boolean isFromService) {
    return shown(put)
        .map(
            lender ->
                loan(lender, put, peer, isFromService)
                    .flatMap(loan -> loan.begin(lender))
                    .map(sink -> awaited.borrow(lender.digest(), put.file(), sink))
                    .orElseGet(
                        () ->
                            FileAnswer.refuse(
                                "the artifact "
                                    + SafeName.shown(put.file().name())
                                    + " was not asked for, or is not awaited any more")));
  }

  /** A node says that it will not send; false when it is about something else. */
  boolean onAbort(FileOperation abort, Peer peer, boolean isFromService) {
    var lender = shown(abort);
    lender
        .flatMap(it -> loan(it, abort, peer, isFromService))
        .ifPresent(loan -> loan.failed(lender.get(), "it does not lend it"));
    return lender.isPresent();
  }

  /** What an operation between nodes shows; any other one shows nothing. */
  static Optional<Lender> shown(FileOperation operation) {
    return operation.test().execution().lenders().stream()
        .filter(it -> operation.test().execution().lenders().size() == 1)
        .findFirst();
  }

  private Optional<Loan> loan(
      Lender lender, FileOperation operation, Peer peer, boolean isFromService) {
    var from = isFromService ? Optional.of(operation.sender()) : door.lender(peer);
    if (!from.equals(Optional.of(lender.node()))) {
      return Optional.empty();
    }
    synchronized (this) {
      return Optional.ofNullable(loans.get(lender.digest())).filter(it -> it.isAsking(lender));
    }
  }

  /** One content that is asked for. */
  private final class Loan {
    private final ContentDigest digest;
    private final RuntimeId run;
    private final Deque<Lender> left;
    private final CompletableFuture<Boolean> outcome = new CompletableFuture<>();

    /** These are guarded by the borrowing. */
    private Optional<Asked> asked = Optional.empty();

    private Optional<Future<?>> limit = Optional.empty();

    /** Whose turn it is, and how it comes in. */
    private record Asked(Lender lender, Optional<DirectAccess> direct) {}

    private boolean coming;

    /** When something was last heard of the one that is asked. */
    private volatile long heardAt = System.nanoTime();

    Loan(ContentDigest digest, RuntimeId run, List<Lender> lenders) {
      this.digest = digest;
      this.run = run;
      this.left = new ArrayDeque<>(lenders);
    }

    boolean isAsking(Lender lender) {
      synchronized (Borrowing.this) {
        return asked.filter(it -> it.lender().equals(lender)).isPresent();
      }
    }

    void askFirst() {
      askNext(Optional.empty());
    }

    /**
     * It is the turn of the next one.
     *
     * @param before whose turn it was; if it is not any more, nothing is done
     */
    private boolean askNext(Optional<Lender> before) {
      Optional<Asked> next;
      synchronized (Borrowing.this) {
        if (!asked.map(Asked::lender).equals(before) || outcome.isDone()) {
          return false;
        }
        asIfNobodyWereAsked();
        next = Optional.ofNullable(left.poll()).map(this::opened);
        asked = next;
        next.ifPresent(it -> isGivenTime(it.lender(), settings.patience().toNanos()));
        if (next.isEmpty()) {
          loans.remove(digest);
        }
      }
      next.ifPresentOrElse(this::ask, () -> outcome.complete(false));
      return true;
    }

    private void asIfNobodyWereAsked() {
      limit.ifPresent(it -> it.cancel(false));
      asked.ifPresent(it -> door.close(it.lender().node()));
      asked = Optional.empty();
      coming = false;
    }

    private Asked opened(Lender lender) {
      heardAt = System.nanoTime();
      return new Asked(lender, door.open(lender.node(), context.own().description().endpoint()));
    }

    private void isGivenTime(Lender lender, long nanos) {
      limit =
          Optional.of(context.timer().schedule(() -> look(lender), nanos, TimeUnit.NANOSECONDS));
    }

    private void look(Lender lender) {
      long left = settings.patience().toNanos() - (System.nanoTime() - heardAt);
      if (left <= 0) {
        failed(lender, "it has sent nothing for " + settings.patience().toSeconds() + " s");
        return;
      }
      synchronized (Borrowing.this) {
        if (isAsking(lender)) {
          isGivenTime(lender, left);
        }
      }
    }

    private void ask(Asked next) {
      var lender = next.lender();
      LOG.atDebug()
          .addKeyValue("artifact", digest)
          .addKeyValue("node", lender.node())
          .log("a node is asked for an artifact");
      var test = TestDescription.named(run);
      var get =
          new FileOperation(
              context.own().get(),
              lender.node(),
              FileOperation.Kind.GET,
              test.with(test.execution().lentBy(List.of(lender))).directly(next.direct()),
              FileReference.named(digest.text()).digested(digest.text()));
      var unused =
          context
              .transport()
              .send(context.service(), get, Dialect.ESCAPED)
              .whenComplete(
                  (sent, failure) -> {
                    if (failure != null) {
                      failed(lender, failure.getMessage());
                    }
                  });
    }

    /** This node sends; empty when it is not its turn, or sends already. */
    Optional<LoanReceiver> begin(Lender lender) {
      synchronized (Borrowing.this) {
        if (!isAsking(lender) || coming) {
          return Optional.empty();
        }
        coming = true;
        heardAt = System.nanoTime();
        return Optional.of(new Receiver(lender));
      }
    }

    /** The next one is asked, unless it was the turn of another one already. */
    void failed(Lender lender, String why) {
      if (askNext(Optional.of(lender))) {
        LOG.atInfo()
            .addKeyValue("artifact", digest)
            .addKeyValue("node", lender.node())
            .addKeyValue("reason", why)
            .log("an artifact does not come from another node");
      }
    }

    private void came(Lender lender) {
      synchronized (Borrowing.this) {
        asIfNobodyWereAsked();
        loans.remove(digest, this);
      }
      LOG.atInfo()
          .addKeyValue("artifact", digest)
          .addKeyValue("node", lender.node())
          .log("an artifact came from another node");
      outcome.complete(true);
    }

    /** What one lender sends. */
    private final class Receiver implements LoanReceiver {
      private final Lender lender;

      Receiver(Lender lender) {
        this.lender = lender;
      }

      @Override
      public boolean isWanted() {
        heardAt = System.nanoTime();
        return isAsking(lender);
      }

      @Override
      public void onCame(CachedFile file) {
        came(lender);
      }

      @Override
      public void onFailed(Exception cause) {
        failed(lender, String.valueOf(cause.getMessage()));
      }
    }
  }
}
