package com.nokia.ci.tas.communicator.edge;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.transport.FileSource;
import com.nokia.ci.tas.communicator.execution.ExecutionException;
import com.nokia.ci.tas.communicator.execution.OutputReplay;
import com.nokia.ci.tas.communicator.keeping.KeptRun;
import com.nokia.ci.tas.communicator.node.Reach;
import com.nokia.ci.tas.communicator.node.RunOrder;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clients that take the place of others, as the service says (docs/session.md, section 11): who
 * follows a run is shown its output from the beginning, and who asks when it is over is sent what
 * is kept of it. Everything goes through the service. For any thread; nothing blocks.
 */
final class Followers {
  private static final Logger LOG = LoggerFactory.getLogger(Followers.class);

  private final Workshop shop;
  private final LiveRuns live;
  private final Executor pool;

  Followers(Workshop shop, LiveRuns live, Executor pool) {
    this.shop = shop;
    this.live = live;
    this.pool = pool;
  }

  /**
   * The service says who the client of a run is, or who wants what is kept of it.
   *
   * @return false when the message says neither
   */
  boolean told(TestOperation check) {
    var id = check.test().id();
    switch (check.test().origin().bond()) {
      case ATTACH -> pool.execute(() -> live.named(id.text()).ifPresent(run -> bind(run, check)));
      case FETCH -> send(id, check.sender(), /* withOutput= */ false);
      case REPLAY -> send(id, check.sender(), /* withOutput= */ true);
      case ISSUER, DETACHED, RELEASED, RESULTS -> {
        return false;
      }
    }
    return true;
  }

  private void bind(LiveRun run, TestOperation check) {
    Endpoint client = check.sender();
    LOG.atInfo()
        .addKeyValue("test", check.test().id())
        .addKeyValue("client", client.isDialable() ? client : "nobody")
        .log("run has another client");
    var executor = run.executor();
    if (!client.isDialable()) {
      executor.ifPresent(it -> it.unfollow());
      return;
    }
    var order = order(run.order().test(), client);
    var link = shop.clients().join(order);
    run.belongTo(order, link);
    var texts = new RunTexts(order, shop::self, link);
    try {
      executor.ifPresent(it -> it.follow(texts::send));
    } catch (ExecutionException e) {
      LOG.atWarn().setCause(e).log("the output of a run cannot be followed");
    }
  }

  private static RunOrder order(TestDescription test, Endpoint client) {
    return new RunOrder(test.directly(Optional.empty()), client, Reach.RELAYED);
  }

  private void send(RuntimeId id, Endpoint client, boolean withOutput) {
    var kept = shop.kept().latest(id);
    if (kept.isEmpty()) {
      var order = order(TestDescription.named(id), client);
      end(order, shop.clients().join(order));
      return;
    }
    var run = kept.get();
    var order = order(run.order().test(), client);
    var unused =
        run.over()
            .thenRunAsync(
                () -> {
                  var link = shop.clients().join(order);
                  if (withOutput) {
                    replay(run, order, link);
                  }
                  sendNext(run, run.results().iterator(), order, link);
                },
                pool);
  }

  private void replay(KeptRun run, RunOrder order, ClientLink link) {
    try {
      OutputReplay.show(run.output(), new RunTexts(order, shop::self, link)::send);
    } catch (IOException | ExecutionException e) {
      LOG.atWarn().setCause(e).log("kept output cannot be shown");
    }
  }

  private void sendNext(
      KeptRun run, Iterator<KeptRun.Outgoing> files, RunOrder order, ClientLink link) {
    if (!files.hasNext()) {
      end(order, link);
      return;
    }
    var next = files.next();
    var put = operation(order, FileOperation.Kind.PUT, next.name());
    var unused =
        link.sendFile(put, FileSource.of(next.file()))
            .whenCompleteAsync(
                (bytes, failure) -> {
                  if (failure == null) {
                    run.delivered(next.name());
                  } else {
                    LOG.atWarn()
                        .addKeyValue("test", order.id())
                        .addKeyValue("file", next.name())
                        .addKeyValue("error", failure.getMessage())
                        .log("kept results could not be delivered");
                  }
                  sendNext(run, files, order, link);
                },
                pool);
  }

  /** That is all there was. */
  private void end(RunOrder order, ClientLink link) {
    var unused =
        link.send(operation(order, FileOperation.Kind.ABORT, FileReference.ALL))
            .whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    LOG.atWarn()
                        .addKeyValue("test", order.id())
                        .addKeyValue("error", failure.getMessage())
                        .log("who asked for kept results is gone");
                  }
                });
  }

  private FileOperation operation(RunOrder order, FileOperation.Kind kind, String name) {
    return new FileOperation(
        shop.self(),
        order.client(),
        kind,
        TestDescription.named(order.id()),
        FileReference.named(name));
  }
}
