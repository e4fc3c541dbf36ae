package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.RunReference;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.service.farm.Effect.Remark.Severity;
import com.nokia.ci.tas.service.farm.FarmSnapshot.NodeView.Condition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The rules of nodes: how they come, fall silent, return and go. */
final class Nodes {
  private final Turn turn;
  private final Books books;

  Nodes(Turn turn) {
    this.turn = turn;
    books = turn.books;
  }

  /**
   * A node begins its life or a session. What is plugged into it stays; of what it ran, that goes
   * on which it lists.
   */
  void registered(NodeDescription description, Optional<List<RunReference>> runs) {
    var id = description.id();
    var known = books.nodes.get(id);
    if (known.isEmpty()) {
      books.put(Node.of(description, Contact.connected(turn.now)));
      turn.care.joined(id);
      turn.remark(Severity.INFO, "node " + id + " has joined the farm");
    } else {
      if (runs.isEmpty()) {
        beganAnew(known.get());
      }
      books.put(books.node(id).with(description).with(Contact.connected(turn.now)));
      if (known.get().contact().left()) {
        turn.care.joined(id);
      } else if (isAnotherLife(known.get().contact().condition())) {
        turn.care.back(id);
      }
      turn.remark(Severity.INFO, "node " + id + " has joined the farm again");
    }
    books.put(books.node(id).listing(runs.isPresent()));
    runs.ifPresent(list -> turn.reconciliation.reconcile(id, list));
  }

  /** Whether a node that registers has been away; after a start of the service it has not. */
  private static boolean isAnotherLife(Condition before) {
    return switch (before) {
      case CONNECTED, LOST -> true;
      case ARRIVING, AWAITED -> false;
    };
  }

  /** What a node ran that says nothing of it has ended. */
  private void beganAnew(Node node) {
    var id = node.id();
    var cause = restarted(id);
    eachRun(
        id,
        run -> {
          if (mayArrive(run)) {
            inDoubt(id, run, cause);
          } else {
            ended(id, run, cause);
            turn.runs.cool(id, run.id());
          }
        });
  }

  /**
   * Whether a process that began before this message of it was sent may get the order of a run, or
   * have it: both may be late.
   */
  private boolean mayArrive(Run run) {
    return run.reserved().plus(Cooling.GAP).plus(Cooling.GAP).isAfter(turn.now);
  }

  /**
   * Each run on a node as it then is: what is done about one part of a test may end another. Their
   * tests come in the order of the queue, for each may be started elsewhere at once.
   */
  void eachRun(NodeId id, Consumer<Run> action) {
    var names = books.node(id).runs().keys().toList();
    var waiting = new ArrayList<LiveTest>();
    for (var name : names) {
      books.tests.get(name).map(test -> asWaiting(id, test)).ifPresent(waiting::add);
    }
    var ordered = new LinkedHashSet<RuntimeId>();
    Offers.inOrder(waiting).forEach(test -> ordered.add(test.runtimeId()));
    ordered.addAll(names);
    for (var name : ordered) {
      books.node(id).run(name).ifPresent(action);
    }
  }

  private LiveTest asWaiting(NodeId id, LiveTest test) {
    boolean isAged = test.order().isAged(books.counted(turn.now), books.settings.tests());
    return test.with(new LiveTest.Running(id).toWaiting(isAged));
  }

  /** Why a run failed that its node does not have any more. */
  private static Reason restarted(NodeId id) {
    return new Reason(Fault.NODE, "node-restarted", "node " + id + " began anew");
  }

  /** A node is there, as it says itself. */
  void seen(NodeDescription description) {
    var id = description.id();
    var known = books.nodes.get(id);
    if (known.isEmpty()) {
      books.put(Node.of(description, Contact.arriving(turn.now)));
      turn.effect(new Effect.ProbeNode(id));
      turn.remark(Severity.INFO, "node " + id + " was heard of and is probed");
      return;
    }
    if (!known.get().description().equals(description)) {
      books.put(known.get().with(description));
    }
    heard(id);
  }

  /** A known node gave a sign of life. */
  void heard(NodeId id) {
    var node = books.node(id);
    if (!node.contact().isLost()) {
      books.put(node.with(node.contact().heard(turn.now)));
      return;
    }
    turn.remark(Severity.INFO, "node " + id + " is heard of again and is probed");
    books.put(node.with(Contact.arriving(turn.now)));
    if (node.contact().left()) {
      turn.care.joined(id);
    } else {
      turn.care.back(id);
    }
    turn.effect(new Effect.ProbeNode(id));
    endAgain(id);
  }

  /** A node took a connection. */
  void answered(NodeId id) {
    var known = books.nodes.get(id);
    if (known.isEmpty()) {
      return;
    }
    var before = known.get().contact();
    if (before.left()) {
      return; // a process that is there says so itself
    }
    if (before.isAwaited() && known.get().lists()) {
      // Somebody took a connection there; what the node has, its list will tell.
      heard(id);
      return;
    }
    books.put(known.get().with(before.answered(turn.now)));
    if (before.isLost()) {
      endAgain(id);
    }
    if (!before.isUsable()) {
      turn.remark(Severity.INFO, "node " + id + " answers");
      known
          .get()
          .products()
          .keys()
          .map(books::product)
          .filter(Product::isBusy)
          .forEach(turn.products::tell);
    }
  }

  /** What was told to end before a node fell silent is told so once more. */
  private void endAgain(NodeId id) {
    for (var run : books.node(id).runs()) {
      if (run.getValue().phase() instanceof Phase.Ending ending) {
        turn.runs.tellAgain(
            id, run.getValue(), ending.prolonged(turn.now, books.settings.silence().lease()));
      }
    }
  }

  void inTrouble(NodeId id, String detail) {
    books
        .nodes
        .get(id)
        .filter(node -> !node.contact().isLost())
        .ifPresent(
            node -> {
              String trouble = Words.withDetail("cannot be reached", detail);
              var contact = node.contact().unreachable(trouble);
              if (node.contact().trouble().isEmpty()) {
                turn.remark(Severity.WARN, "node " + id + " " + trouble);
                turn.effect(new Effect.ProbeNode(id));
                contact = contact.probed(turn.now);
              }
              books.put(node.with(contact));
            });
  }

  /**
   * A node has said goodbye and ended what it ran. Unless it had a session, which has ended too, an
   * order that was given to it just now may arrive at the process that follows, and so may reports
   * of the one that was: until that is known or over, it is remembered with what is reserved for
   * it.
   */
  void left(NodeId id) {
    var known = books.nodes.get(id);
    if (known.isEmpty()) {
      return;
    }
    books.put(known.get().with(known.get().contact().leaving()));
    var cause = new Reason(Fault.NODE, "node-left", "node " + id + " has left the farm");
    boolean isSession = known.get().lists();
    eachRun(
        id,
        run -> {
          if (isSession) {
            ended(id, run, cause);
          } else if (!mayArrive(run)) {
            ended(id, run, cause);
            turn.runs.cool(id, run.id());
          } else if (!run.isEnding()) {
            turn.runs.abandon(id, run, cause);
          }
        });
    turn.blame.left(id);
    turn.care.left(id);
    desert(id);
    if (isSession) {
      books.forget(books.node(id));
    }
    turn.effect(new Effect.EndSession(id, cause.sentence()));
    turn.remark(Severity.INFO, cause.sentence());
  }

  /** Something is due: a probe, a reminder, a silence that was too long. */
  void due(NodeId id) {
    turn.care.lapse(id);
    if (books.node(id).contact().left()) {
      gone(id);
      return;
    }
    if (books.node(id).contact().isLost()) {
      if (books.node(id).forgottenAt(books.settings).isAfter(turn.now)) {
        return;
      }
      var cause = new Reason(Fault.NODE, "node-lost", "node " + id + " did not come back");
      eachRun(id, run -> ended(id, run, cause));
      desert(id);
      books.forget(books.node(id));
      return;
    }
    warm(id);
    eachRun(
        id,
        run -> {
          if (run.phase() instanceof Phase.Ending ending) {
            remind(id, run, ending);
          } else if (run.goneAt().filter(at -> !at.isAfter(turn.now)).isPresent()) {
            turn.runs.abandon(id, run, restarted(id));
          }
        });
    var silence = books.settings.silence();
    var node = books.node(id);
    if (!turn.now.isBefore(node.contact().lostAt(silence))) {
      lose(node);
    } else if (!turn.now.isBefore(node.contact().probeAt(silence))) {
      books.put(node.with(node.contact().probed(turn.now)));
      turn.effect(new Effect.ProbeNode(id));
    }
  }

  /** A node that said goodbye is forgotten when nothing can be on its way to it or from it. */
  private void gone(NodeId id) {
    warm(id);
    eachRun(
        id,
        run -> {
          if (run.phase() instanceof Phase.Ending ending && !turn.now.isBefore(ending.until())) {
            turn.runs.over(id, run, "its node has left, and nothing was heard of it");
          }
        });
    if (books.node(id).isIdle()) {
      desert(id);
      books.forget(books.node(id));
    }
  }

  private void warm(NodeId id) {
    var cold = books.node(id).cooling().first();
    while (cold.filter(name -> !name.at().isAfter(turn.now)).isPresent()) {
      var node = books.node(id);
      var name = cold.get().key();
      books.put(node.cooling(node.cooling().without(name)));
      books.stirred = books.stirred.unblocked(name);
      cold = books.node(id).cooling().first();
    }
  }

  private void remind(NodeId id, Run run, Phase.Ending ending) {
    var silence = books.settings.silence();
    if (!turn.now.isBefore(ending.until())) {
      turn.runs.over(
          id, run, "its node has not confirmed for " + silence.lease().toMillis() + " ms");
      turn.runs.cool(id, run.id());
    } else if (!turn.now.isBefore(Deadline.after(ending.told(), silence.nodeCheckPeriod()))) {
      turn.runs.tellAgain(id, run, ending);
    }
  }

  private void lose(Node node) {
    var id = node.id();
    String detail = node.contact().trouble();
    books.put(node.with(node.contact().lost()));
    turn.remark(
        Severity.WARN,
        "node "
            + id
            + " is lost: no sign of life for "
            + books.settings.silence().nodeLimit().toMillis()
            + " ms"
            + (detail.isEmpty() ? "" : ", " + detail));
    var cause =
        new Reason(Fault.NODE, "node-lost", Words.withDetail("node " + id + " was lost", detail));
    eachRun(
        id,
        run -> {
          if (!run.isEnding()) {
            turn.runs.abandon(id, run, cause);
          }
        });
    turn.effect(new Effect.EndSession(id, cause.sentence()));
  }

  private void inDoubt(NodeId id, Run run, Reason cause) {
    if (run.phase() instanceof Phase.Ending ending) {
      turn.runs.tellAgain(id, run, ending);
    } else {
      turn.runs.abandon(id, run, cause);
    }
  }

  private void ended(NodeId id, Run run, Reason cause) {
    if (run.isEnding()) {
      turn.runs.over(id, run, cause.sentence());
    } else {
      turn.runs.failed(id, run, cause);
    }
  }

  /**
   * Drops the products of a node; one that an issuer has yet to give back, or that a run may still
   * use, is remembered.
   */
  private void desert(NodeId id) {
    turn.scheduler.desert(id);
    for (var entry : books.node(id).products()) {
      var product = books.product(entry.getKey());
      if (!product.isBusy()) {
        books.forget(product);
      } else if (product.presence() instanceof Presence.Here) {
        books.put(product.with(new Presence.Missing(turn.now)));
      }
    }
  }
}
