package com.nokia.ci.tas.service.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.service.audit.AuditLog;
import com.nokia.ci.tas.service.farm.PersonsOrder;
import com.nokia.ci.tas.service.farm.PersonsOrder.Kind;
import com.nokia.ci.tas.service.http.api.Operation;
import com.nokia.ci.tas.service.json.FarmJson;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What people say of products and nodes: disabled, enabled, drained, noted; and which products they
 * take in hand, for how long, and give back.
 */
final class CareDesk {
  private final FarmSource source;
  private final Witness witness;
  private final FarmOrders orders;
  private final InstantSource clock;

  CareDesk(FarmSource source, AuditLog audit, FarmOrders orders, InstantSource clock) {
    this.source = source;
    this.witness = new Witness(audit);
    this.orders = orders;
    this.clock = clock;
  }

  void addTo(Router router) {
    for (var kind : Kind.values()) {
      String verb = "/{}/" + word(kind);
      router.serve(
          Operation.doing("/api/v1/products" + verb),
          (request, imei) -> product(request, imei, kind));
      if (!kind.isOfHands()) {
        router.serve(
            Operation.doing("/api/v1/nodes" + verb),
            (request, address) -> node(request, address, kind));
      }
    }
  }

  private Answer product(Request request, String imei, Kind kind) {
    var id = new ProductId(imei);
    var product = source.farm().product(id);
    if (product.isEmpty()) {
      return refused(404, "There is no such product.");
    }
    return order(
        request,
        new Deed(kind, "product", imei, FarmJson.object().put("imei", imei)),
        order ->
            kind.isOfHands()
                ? product.get().complaint(order, clock.instant())
                : Optional.<String>empty(),
        order -> orders.order(id, order));
  }

  private Answer node(Request request, String address, Kind kind) {
    var id = Site.nodeId(address).filter(it -> source.farm().node(it).isPresent());
    if (id.isEmpty()) {
      return refused(404, "There is no such node; a node is named by host:port.");
    }
    NodeId node = id.get();
    return order(
        request,
        new Deed(kind, "node", node.toString(), FarmJson.object().put("node", node.toString())),
        order -> Optional.empty(),
        order -> orders.order(node, order));
  }

  /**
   * What is asked for.
   *
   * @param sort of thing, product or node
   * @param on which of them
   * @param answer begins with its name
   */
  private record Deed(Kind kind, String sort, String on, ObjectNode answer) {
    String name() {
      return kind == Kind.NOTE ? "note on " + sort : word(kind) + " " + sort;
    }
  }

  /**
   * Gives an order.
   *
   * @param objection why it would change nothing as things stand
   */
  private Answer order(
      Request request,
      Deed deed,
      Function<PersonsOrder, Optional<String>> objection,
      Consumer<PersonsOrder> give) {
    String who = request.visitor().name();
    if (!request.visitor().mayOperate()) {
      witness.refused(request, deed.name(), SafeName.shown(deed.on()), "it takes more rights");
      return refused(403, "This takes the role operate on the farm.");
    }
    var given = Wording.of(request);
    var complaint = complaint(given, deed.kind());
    if (complaint.isPresent()) {
      return refused(400, complaint.get());
    }
    var until = isForAWhile(deed.kind()) ? given.until() : Optional.<Instant>empty();
    var order = new PersonsOrder(deed.kind(), who, given.reason(), until);
    var refusal = objection.apply(order);
    if (refusal.isPresent()) {
      witness.refused(request, deed.name(), deed.on(), refusal.get());
      return refused(409, "Product " + SafeName.shown(deed.on()) + ": " + refusal.get() + ".");
    }
    give.accept(order);
    witness.done(request, deed.name(), deed.on() + ": " + given.reason());
    return Site.json(deed.answer().put("ordered", word(deed.kind()))).with(202);
  }

  private Optional<String> complaint(Wording given, Kind kind) {
    if (given.problem().isPresent()) {
      return given.problem();
    }
    if (given.until().isEmpty() && (kind == Kind.TAKE || kind == Kind.EXTEND)) {
      return Optional.of("Say until when: {\"reason\": \"…\", \"until\": milliseconds since 1970}");
    }
    if (given.reason().isEmpty() && isForAWhile(kind) && kind != Kind.EXTEND) {
      return Optional.of("Give a reason: {\"reason\": \"…\"}");
    }
    if (kind == Kind.NOTE && !given.hasReason()) {
      return Optional.of("Give the note: {\"reason\": \"…\"}, or \"\" to remove the one there is");
    }
    return given
        .until()
        .filter(end -> !end.isAfter(clock.instant()))
        .map(end -> "\"until\" is " + end.toEpochMilli() + ", and that is over.");
  }

  private static boolean isForAWhile(Kind kind) {
    return switch (kind) {
      case DISABLE, DRAIN, TAKE, EXTEND -> true;
      case ENABLE, NOTE, GIVE_BACK -> false;
    };
  }

  private static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Answer refused(int status, String sentence) {
    return Answer.problem(status, sentence);
  }
}
