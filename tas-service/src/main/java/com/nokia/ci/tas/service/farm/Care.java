package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.service.farm.Effect.Remark.Severity;
import com.nokia.ci.tas.service.farm.FarmSettings.HealthLimits;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The rules of health that no run has to do with: what persons order, and what comes and goes. Also
 * what follows when a product or a node is not fit any more, or fit again.
 */
final class Care {
  private final Turn turn;
  private final Books books;

  Care(Turn turn) {
    this.turn = turn;
    books = turn.books;
  }

  // ---- persons

  void on(Event.ProductOrdered event) {
    if (event.order().kind() == PersonsOrder.Kind.ENABLE) {
      pardon(event);
    }
    if (event.order().kind().isOfHands()) {
      hands(event.product(), event.order());
    } else if (change(event.product(), health -> health.ordered(event.order(), turn.now))) {
      said("product " + SafeName.shown(event.product().imei()), event.order());
    }
  }

  private void pardon(Event.ProductOrdered event) {
    books
        .products
        .get(event.product())
        .ifPresent(
            product -> {
              String who = Words.oneLine(event.order().who());
              books.put(product.pardoned(Optional.of(who)));
              turn.products.tellPardon(product.id());
            });
  }

  void on(Event.NodeOrdered event) {
    if (!event.order().kind().isOfHands()
        && change(event.node(), health -> health.ordered(event.order(), turn.now))) {
      said("node " + event.node(), event.order());
    }
  }

  /** A person takes a product, keeps it for longer, or gives it back. */
  private void hands(ProductId id, PersonsOrder order) {
    var product = books.products.get(id);
    var taken = product.map(Product::health).orElseGet(() -> books.pastProducts.health(id)).taken();
    var test = product.flatMap(Product::reservation).map(Hold.Reservation::run);
    var complaint =
        product.isEmpty() && order.kind() == PersonsOrder.Kind.TAKE
            ? Optional.of("it is not known here")
            : Hands.complaint(test, taken, order, turn.now);
    String name = "product " + SafeName.shown(id.imei());
    if (complaint.isPresent()) {
      turn.remark(
          Severity.INFO,
          Words.oneLine(order.who()) + verb(order.kind()) + name + ": " + complaint.get());
      return;
    }
    change(id, health -> health.taken(Hands.after(health.taken(), order, turn.now)));
    said(name, order);
  }

  private static String verb(PersonsOrder.Kind kind) {
    return switch (kind) {
      case TAKE -> " cannot take ";
      case EXTEND -> " cannot keep ";
      case GIVE_BACK, DISABLE, ENABLE, DRAIN, NOTE -> " cannot give back ";
    };
  }

  /** Whoever has a product in hand has it no more, by order of another. */
  void freed(ProductId id) {
    change(id, health -> health.taken(Optional.empty()));
  }

  private void said(String what, PersonsOrder order) {
    String deed =
        switch (order.kind()) {
          case DISABLE -> " was disabled by ";
          case ENABLE -> " was enabled by ";
          case DRAIN -> " gets no new tests any more, as ordered by ";
          case NOTE -> " was given a note by ";
          case TAKE -> " was taken in hand until " + time(order) + " by ";
          case EXTEND -> " is kept in hand until " + time(order) + " by ";
          case GIVE_BACK -> " was given back by ";
        };
    turn.remark(
        Severity.INFO, Words.withDetail(what + deed + Words.oneLine(order.who()), order.why()));
  }

  private static String time(PersonsOrder order) {
    return order.until().map(HealthWords::time).orElse("");
  }

  // ---- coming and going

  /** A product that no run uses was unplugged; in the hands of a test it may come and go. */
  Health left(Product product) {
    return product.hold() instanceof Hold.Reserved
        ? product.health()
        : product.health().with(product.health().flapping().gone(turn.now, limits()));
  }

  /** A product was plugged in again. */
  void back(ProductId id) {
    change(id, health -> health.with(health.flapping().back(turn.now, limits())));
  }

  /**
   * A node began anew, or was lost and is heard of again: it went, whether that was seen or not.
   */
  void back(NodeId id) {
    left(id);
    joined(id);
  }

  /** A node said goodbye. */
  void left(NodeId id) {
    change(id, health -> health.with(health.flapping().gone(turn.now, limits())));
  }

  /** A node is there that was not. */
  void joined(NodeId id) {
    change(id, health -> health.with(health.flapping().back(turn.now, limits())));
  }

  // ---- time

  /** What held something back, and is over by now, does so no more. */
  void lapse(ProductId id) {
    if (isOver(books.product(id).health().due())) {
      change(id, health -> health.at(turn.now, limits()));
    }
  }

  void lapse(NodeId id) {
    if (isOver(books.node(id).standing().due())) {
      change(id, health -> health.at(turn.now, limits()));
    }
  }

  private boolean isOver(Optional<Instant> due) {
    return due.filter(at -> !at.isAfter(turn.now)).isPresent();
  }

  /** Nobody remembers any more what became of a product that is gone. */
  void forget(ProductId id) {
    books.pastProducts = books.pastProducts.without(id, books.settings.bounds().absence());
  }

  void forget(NodeId id) {
    books.pastNodes = books.pastNodes.without(id, books.settings.bounds().absence());
  }

  // ---- what follows

  /** Takes note of a change; one that is not fit any more is kept for nobody. */
  boolean change(ProductId id, UnaryOperator<Health> change) {
    var known = books.products.get(id);
    var before = known.map(Product::health).orElseGet(() -> books.pastProducts.health(id));
    var after = change.apply(before);
    if (after.equals(before)) {
      return false;
    }
    if (known.isEmpty()) {
      books.remember(id, after, turn.now);
      return true;
    }
    var product = after.isReady() ? known.get() : turn.scheduler.ungathered(known.get());
    books.put(product.with(after));
    say(before, after, "product " + SafeName.shown(id.imei()));
    return true;
  }

  boolean change(NodeId id, UnaryOperator<Health> change) {
    var known = books.nodes.get(id);
    var before = known.map(Node::standing).orElseGet(() -> books.pastNodes.health(id));
    var after = change.apply(before);
    if (after.equals(before)) {
      return false;
    }
    if (known.isEmpty()) {
      books.remember(id, after, turn.now);
      return true;
    }
    books.put(known.get().with(after));
    if (!after.isReady()) {
      turn.scheduler.evict(id);
    }
    say(before, after, "node " + id);
    return true;
  }

  /** What the farm itself decided; what persons said is said elsewhere. */
  private void say(Health before, Health after, String what) {
    if ((after.outage().isPresent() && before.outage().isEmpty())
        || (after.flapping().held().isPresent() && before.flapping().held().isEmpty())) {
      turn.remark(Severity.WARN, what + " gets no tests: " + HealthWords.why(after).orElse(""));
    } else if (after.isSuspect(limits()) && !before.isSuspect(limits())) {
      turn.remark(
          Severity.WARN, what + " is suspect: " + HealthWords.tests(after.strikes()) + " failed");
    } else if (after.isReady() && !before.isReady()) {
      turn.remark(Severity.INFO, what + " may be given to tests again");
    }
  }

  private HealthLimits limits() {
    return books.settings.health();
  }
}
