package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.service.farm.Effect.Remark.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is done when the service begins another life: it knows what it had decided, and not what has
 * become of its last messages, nor who is still there (design, "Durable").
 *
 * <p>A node that lists its runs is awaited: its list tells what it has. Of another nothing can be
 * learned: what it may have been told is told again, and a run that it may not have been told to
 * start is given up there.
 */
final class Recovery {
  private final Turn turn;
  private final Books books;

  Recovery(Turn turn) {
    this.turn = turn;
    books = turn.books;
  }

  void begin() {
    if (books.version == 0) {
      return;
    }
    turn.remark(
        Severity.INFO, "the farm goes on with what was kept: " + books.tests.size() + " tests");
    turn.effect(recalled());
    var gap = Duration.between(books.at, turn.now);
    stoodStill(gap, gap.plus(books.settings.silence().nodeLimit()));
    books.nodes.keys().toList().forEach(this::await);
    books.issuers.keys().toList().forEach(turn.clients::await);
    turn.parts.askAgain();
  }

  /** Nothing was lost, only time: whoever was there has all of its time again to be heard. */
  void wake(Duration asleep) {
    stoodStill(asleep, asleep);
    for (NodeId id : books.nodes.keys().toList()) {
      var node = books.node(id);
      if (!node.contact().isLost()) {
        books.put(node.with(node.contact().heard(turn.now)));
      }
    }
    books.issuers.keys().toList().forEach(turn.clients::seen);
  }

  /**
   * No test is blamed for a time in which it could neither start nor be heard to have ended: its
   * times stand still, and what it has reserved stays reserved for so much longer.
   *
   * @param gap in which nobody was heard
   * @param further the same and until nodes could be heard again
   */
  private void stoodStill(Duration gap, Duration further) {
    books.away = books.away.plus(further);
    for (var product : books.products.values().toList()) {
      if (product.hold() instanceof Hold.Reserved reserved) {
        var unheard =
            product.presence() instanceof Presence.Missing missing
                ? product.with(missing.unheard(gap))
                : product;
        books.put(unheard.with(reserved.prolonged(further)));
      }
    }
  }

  private Effect.RecallPeers recalled() {
    var nodes = new ArrayList<NodeDescription>();
    var kept = new ArrayList<Endpoint>();
    var runs = new ArrayList<Effect.RecalledRun>();
    for (var past : books.ended.values().toList()) {
      past.node()
          .map(
              node ->
                  new Effect.RecalledRun(
                      past.test().id(),
                      node,
                      past.client(),
                      Optional.of(past.times().ended()),
                      past.test().origin().submission()))
          .ifPresent(runs::add);
    }
    for (var node : books.nodes.values().toList()) {
      nodes.add(node.description());
      if (node.lists()) {
        kept.add(node.id().endpoint());
      }
      for (var id : node.runs().keys().toList()) {
        books
            .tests
            .get(id)
            .map(
                test ->
                    new Effect.RecalledRun(
                        id,
                        node.id(),
                        test.order().client(),
                        Optional.empty(),
                        test.order().description().origin().submission()))
            .ifPresent(runs::add);
      }
    }
    for (var client : books.issuers) {
      if (client.getValue().line() == Event.Line.SESSION) {
        kept.add(client.getKey().endpoint());
      }
    }
    return new Effect.RecallPeers(List.copyOf(nodes), List.copyOf(kept), List.copyOf(runs));
  }

  /** Contacts count from now: nobody is lost because the service was away. */
  private void await(NodeId id) {
    var node = books.node(id);
    books.put(node.with(node.contact().awaited(turn.now)));
    if (node.contact().isLost()) {
      return;
    }
    turn.nodes.eachRun(
        id,
        run -> {
          if (run.phase() instanceof Phase.Ending ending) {
            ending(id, run, ending);
          } else if (run.phase() instanceof Phase.Starting starting && !starting.isDelivered()) {
            inDoubt(id, run);
          } else if (run.missed().isPresent()) {
            // Its last report may have been lost with the service, and follows the next list.
            books.put(books.node(id).with(run.found()));
          }
        });
    if (!node.lists()) {
      turn.effect(new Effect.ProbeNode(id));
    }
  }

  /** A node that lists its runs is told when its list has come. */
  private void ending(NodeId id, Run run, Phase.Ending phase) {
    var prolonged = phase.prolonged(turn.now, books.settings.silence().lease());
    if (books.node(id).lists()) {
      books.put(books.node(id).with(run.with(prolonged.toldAgain(turn.now))));
    } else {
      turn.runs.tellAgain(id, run, prolonged);
    }
  }

  private void inDoubt(NodeId id, Run run) {
    if (books.node(id).lists()) {
      books.put(books.node(id).with(run.inDoubt()));
    } else {
      turn.runs.abandon(id, run, unsure(id));
    }
  }

  private static Reason unsure(NodeId id) {
    return Words.reason(
        Fault.FARM,
        Runs.RESTARTED,
        "the service was ended while it told node " + id + " to start it");
  }
}
