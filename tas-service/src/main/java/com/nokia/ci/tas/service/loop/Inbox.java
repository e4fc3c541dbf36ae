package com.nokia.ci.tas.service.loop;

import com.nokia.ci.tas.service.farm.Event;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Where what happened outside goes. For any thread; nothing here waits. */
@FunctionalInterface
public interface Inbox {
  /**
   * Takes something that happened outside.
   *
   * @throws com.nokia.ci.tas.commons.model.TasException with a sentence for the peer when it cannot
   */
  void post(Event event);

  /**
   * Tells when all that the caller has posted before is worked in, and as durable as it has to be.
   *
   * @return never completes when the farm ends before that
   */
  default CompletionStage<Void> settled() {
    return CompletableFuture.completedFuture(null);
  }
}
