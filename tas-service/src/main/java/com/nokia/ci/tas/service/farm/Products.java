package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.ProductStatus;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.service.farm.Effect.Remark.Severity;
import java.util.Optional;

/** The rules of products: how they come and go, who may give them back. */
final class Products {
  /**
   * Code of the failure of a run whose product was gone for too long; such a test is not retried.
   */
  static final String GONE = "product-gone";

  private final Turn turn;
  private final Books books;

  Products(Turn turn) {
    this.turn = turn;
    books = turn.books;
  }

  /** A product was described, by its node or by a client that gives it back. */
  void on(Event.ProductReported report) {
    var node = new NodeId(report.from());
    if (report.product().id().imei().isBlank()) {
      turn.remark(
          Severity.WARN,
          Words.quoted(report.from().toString()) + " tells of a product without an IMEI; ignored");
    } else if (books.nodes.contains(node)) {
      turn.nodes.heard(node);
      reported(node, report.product());
    } else if (report.kind() == Event.Report.PLUGGED && report.from().isDialable()) {
      turn.nodes.seen(new NodeDescription(report.from(), "", ""));
      reported(node, report.product());
    } else if (report.product().status() == ProductStatus.FREE) {
      givenBack(report.from(), report.product().id());
    } else {
      turn.remark(
          Severity.WARN,
          "an address that is no node of this farm, "
              + Words.quoted(report.from().toString())
              + ", tells of product "
              + Words.quoted(report.product().id().imei())
              + "; ignored");
    }
  }

  private void reported(NodeId node, ProductDescription described) {
    var fresh = Product.reported(node, described, books.settings.service());
    var known = books.products.get(fresh.id());
    if (known.isEmpty()) {
      books.put(fresh);
      turn.reconciliation.appeared(fresh);
      turn.remark(Severity.INFO, "product " + shown(fresh.id()) + " was connected to node " + node);
      return;
    }
    if (!known.get().node().equals(node)) {
      elsewhere(known.get(), fresh);
      return;
    }
    var before = known.get();
    boolean isSame = fresh.disabled().isEmpty() && fresh.traits().equals(before.traits());
    // What has become another product may be of more or less use to the test that it is kept for.
    var held = isSame ? before : turn.scheduler.ungathered(before);
    books.put(
        fresh
            .with(held.hold())
            .with(before.health())
            .corrected(before.corrected())
            .pardoned(before.pardon()));
    tellPardon(fresh.id());
    var back = before.presence().goneSince();
    back.ifPresent(
        since ->
            turn.remark(
                Severity.INFO, "product " + shown(fresh.id()) + " is back on node " + node));
    if (!fresh.disabled().equals(before.disabled())) {
      turn.remark(
          Severity.INFO,
          "product "
              + shown(fresh.id())
              + fresh
                  .disabled()
                  .map(why -> " was disabled by node " + node + ": " + Words.quoted(why))
                  .orElse(" is in order again"));
    }
    if (back.isPresent()) {
      turn.care.back(fresh.id());
      tell(books.product(fresh.id()));
    } else if (contradicts(described, books.product(fresh.id()))) {
      correct(books.product(fresh.id()));
    }
  }

  /** A node that goes on finding a product sick has not heard that a person has enabled it. */
  void tellPardon(ProductId id) {
    books
        .products
        .get(id)
        .flatMap(product -> product.pardoned(books.settings.service()))
        .ifPresent(told -> turn.effect(new Effect.TellProduct(books.product(id).node(), told)));
  }

  /** Not too often: a node may never believe it. */
  private void correct(Product product) {
    var pause = books.settings.silence().nodeCheckPeriod();
    if (!turn.now.isBefore(Deadline.after(product.corrected(), pause))) {
      books.put(product.corrected(turn.now));
      tell(product);
    }
  }

  /** Whether a node believes something else of a reservation than the farm does. */
  private static boolean contradicts(ProductDescription described, Product product) {
    if (product.disabled().isPresent()) {
      return false;
    }
    String holder = product.reservation().map(r -> r.run().text()).orElse("");
    return described.status() != product.status()
        || (product.isBusy() && !described.statusDetails().equals(holder));
  }

  /** A product turns up on a node while the farm knows it on another. */
  private void elsewhere(Product known, Product fresh) {
    var there = books.nodes.get(known.node());
    boolean isThere =
        known.presence() instanceof Presence.Here
            && there.filter(node -> !node.contact().isLost()).isPresent();
    boolean isInUse =
        mayBeInUse(fresh)
            || (known.hold() instanceof Hold.Reserved
                && there.filter(node -> !isLeaseOver(node)).isPresent());
    if (isThere || isInUse) {
      turn.remark(
          Severity.WARN,
          "product "
              + shown(fresh.id())
              + " is told of by node "
              + fresh.node()
              + ", but "
              + (isThere ? "it is on node " : "a test may still use it on node ")
              + (mayBeInUse(fresh) ? fresh.node() : known.node())
              + "; ignored until it is let go there");
      return;
    }
    var hold = turn.scheduler.ungathered(known).hold();
    if (hold instanceof Hold.Reserved reserved) {
      there
          .flatMap(node -> node.run(reserved.reservation().run()))
          .ifPresent(run -> books.put(books.node(known.node()).with(run.without(known.id()))));
      hold = new Hold.Free();
    }
    books.put(fresh.with(hold).with(known.health()));
    turn.care.back(fresh.id());
    turn.remark(
        Severity.INFO,
        "product "
            + shown(fresh.id())
            + " moved from node "
            + known.node()
            + " to node "
            + fresh.node());
    if (fresh.with(hold).isBusy()) {
      tell(books.product(fresh.id()));
    }
  }

  /** Whether a run that lost this product, when the product moved away, may still be going on. */
  private boolean mayBeInUse(Product fresh) {
    return books
        .node(fresh.node())
        .runs()
        .values()
        .flatMap(run -> run.order().progress().reservedProducts().stream())
        .anyMatch(used -> used.id().equals(fresh.id()));
  }

  private boolean isLeaseOver(Node node) {
    return node.contact().isLost()
        && !turn.now.isBefore(
            Deadline.after(node.contact().seen(), books.settings.silence().lease()));
  }

  /** A node has lost sight of a product. */
  void on(Event.ProductRemoved removal) {
    var node = new NodeId(removal.from());
    if (books.nodes.contains(node)) {
      turn.nodes.heard(node);
    }
    books
        .products
        .get(removal.product().id())
        .filter(product -> product.node().equals(node))
        .filter(product -> product.presence() instanceof Presence.Here)
        .ifPresent(
            product -> {
              var left = turn.scheduler.ungathered(product);
              books.put(left.with(turn.care.left(left)).with(new Presence.Missing(turn.now)));
              turn.remark(
                  Severity.INFO,
                  "product "
                      + shown(product.id())
                      + " was disconnected from node "
                      + node
                      + product
                          .reservation()
                          .map(r -> " while reserved for test " + r.run())
                          .orElse(""));
            });
  }

  /** Something is due: a product was gone too long, or kept too long. */
  void due(ProductId id) {
    turn.care.lapse(id);
    var product = books.product(id);
    if (product
        .ownDue(books.settings.bounds().absence())
        .filter(at -> !at.isAfter(turn.now))
        .isEmpty()) {
      return;
    }
    if (product.hold() instanceof Hold.Kept kept) {
      turn.remark(
          Severity.INFO,
          "product "
              + shown(id)
              + " was not released by the issuer of test "
              + kept.reservation().run()
              + " in time; its reservation ran out");
      release(id, /* keep= */ false);
    } else if (product.hold() instanceof Hold.Reserved reserved
        && product.presence() instanceof Presence.Missing missing) {
      books.put(product.with(missing.toDead()));
      dead(product, reserved);
    } else {
      books.forget(product);
    }
  }

  private void dead(Product product, Hold.Reserved reserved) {
    String why =
        "product "
            + shown(product.id())
            + " was disconnected from node "
            + product.node()
            + " for "
            + reserved.grace().toMillis()
            + " ms, its product-disconnection-timeout";
    abandonRun(product, reserved, new Reason(Fault.PRODUCT, GONE, why));
  }

  /** The run that has a product ends, unless it was told to already. */
  private void abandonRun(Product product, Hold.Reserved reserved, Reason cause) {
    books
        .nodes
        .get(product.node())
        .flatMap(node -> node.run(reserved.reservation().run()))
        .filter(run -> !run.isEnding())
        .ifPresent(run -> turn.runs.abandon(product.node(), run, cause));
  }

  /**
   * What a run uses is free when that run has ended; its test may be started again. What a person
   * has in hand is free at once.
   */
  void on(Event.ReleaseOrdered order) {
    books
        .products
        .get(order.product())
        .ifPresent(
            product -> {
              String deed =
                  Words.withDetail(
                      Words.oneLine(order.who()) + " released product " + shown(order.product()),
                      order.why());
              if (product.hold() instanceof Hold.Kept kept) {
                freed(product, kept, deed);
              } else if (product.hold() instanceof Hold.Reserved reserved) {
                ended(product, reserved, deed);
              } else if (product.health().taken().isPresent()) {
                turn.remark(Severity.INFO, deed);
                turn.care.freed(product.id());
              }
            });
  }

  private void freed(Product product, Hold.Kept kept, String deed) {
    turn.reports.moved(
        kept.reservation().run(),
        kept.reservation().attempt(),
        Optional.of(product.node()),
        "kept",
        "ended",
        deed);
    release(product.id(), /* keep= */ false);
  }

  private void ended(Product product, Hold.Reserved reserved, String deed) {
    abandonRun(product, reserved, new Reason(Fault.FARM, "product-released", deed));
  }

  /** Somebody who is no node says that a product is free. */
  private void givenBack(Endpoint from, ProductId id) {
    var product = books.products.get(id);
    var reservation = product.flatMap(Product::reservation);
    if (reservation.isEmpty()) {
      return; // repeated, or late
    }
    var issuer = reservation.get().issuer();
    if (!Clients.isIssuer(issuer, from)) {
      turn.remark(
          Severity.WARN,
          Words.quoted(from.toString())
              + " wants product "
              + shown(id)
              + " released, which is reserved for test "
              + reservation.get().run()
              + " of "
              + issuer
              + "; ignored");
    } else if (product.get().hold() instanceof Hold.Reserved reserved) {
      books.put(product.get().with(reserved.toGivenBack()));
    } else {
      turn.reports.moved(
          reservation.get().run(),
          reservation.get().attempt(),
          Optional.of(product.get().node()),
          "kept",
          "ended",
          "its issuer released product " + shown(id));
      release(id, /* keep= */ false);
    }
  }

  /**
   * A run does not use a product any longer.
   *
   * @param keep whether its issuer is to give it back
   */
  void release(ProductId id, boolean keep) {
    var product = books.product(id);
    if (keep && product.hold() instanceof Hold.Reserved reserved && !reserved.givenBack()) {
      books.put(product.with(reserved.toKept()));
      return;
    }
    var free = product.with(new Hold.Free());
    if (books.nodes.contains(product.node())) {
      books.put(free);
      tell(free);
    } else {
      books.forget(product);
    }
  }

  /**
   * A test that did not finish keeps nothing, whatever its finished parts have left to its issuer.
   */
  void releaseKept(WholeTest whole) {
    for (var finished : whole.finished()) {
      for (var id : finished.part().products()) {
        books
            .products
            .get(id)
            .filter(
                product ->
                    product
                        .reservation()
                        .filter(it -> it.run().equals(finished.part().id()))
                        .isPresent())
            .ifPresent(this::giveBack);
      }
    }
  }

  /** What a run that was told to end may still use is free when that has ended. */
  private void giveBack(Product product) {
    if (product.hold() instanceof Hold.Reserved reserved) {
      books.put(product.with(reserved.toGivenBack()));
    } else {
      release(product.id(), /* keep= */ false);
    }
  }

  /** The node of a product is told what the farm says of it. */
  void tell(Product product) {
    if (books.nodes.get(product.node()).filter(node -> !node.contact().isLost()).isPresent()) {
      turn.effect(new Effect.TellProduct(product.node(), product.told(books.settings.service())));
    }
  }

  private static String shown(ProductId id) {
    return SafeName.shown(id.imei());
  }
}
