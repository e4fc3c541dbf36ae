package com.nokia.ci.tas.service.http.view;

import com.nokia.ci.tas.service.farm.FarmSnapshot.ProductView;
import com.nokia.ci.tas.service.farm.Health;
import com.nokia.ci.tas.service.farm.PersonsOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The way to the page of an act.
 *
 * @param text what is read
 * @param address where it leads
 * @param isGrave whether it interrupts somebody
 */
public record ActLink(String text, String address, boolean isGrave) {

  /** What makes sense to do to a product as it stands. */
  static List<ActLink> on(ProductView product) {
    var acts = new ArrayList<Act>();
    if (product.health().taken().isPresent()) {
      acts.add(Act.EXTEND);
      acts.add(Act.GIVE_BACK);
    } else if (product.holder().isPresent()) {
      acts.add(Act.FREE);
    } else {
      acts.add(Act.TAKE);
    }
    acts.addAll(care(product.health()));
    return links(acts, Address.ofProduct(product.product().id().imei()));
  }

  /** What makes sense to do to a node as it stands. */
  static List<ActLink> on(String node, Health health) {
    return links(care(health), Address.ofNode(node));
  }

  /**
   * What makes sense to do to a test as it stands.
   *
   * @param status waiting, preparing, running, or its verdict
   */
  static List<ActLink> on(String test, String status) {
    var acts =
        switch (status) {
          case "waiting" -> List.of(Act.STOP, Act.PRIORITY);
          case "preparing", "running" -> List.of(Act.STOP);
          default -> List.of(Act.RUN_AGAIN);
        };
    return links(acts, Address.ofTest(test));
  }

  private static List<Act> care(Health health) {
    boolean isDisabled = isOrdered(health, PersonsOrder.Kind.DISABLE);
    boolean isDrained = isOrdered(health, PersonsOrder.Kind.DRAIN);
    boolean isHeldBack = health.since().isPresent() || !health.strikes().isEmpty();
    var acts = new ArrayList<Act>();
    if (!isDisabled) {
      acts.add(Act.DISABLE);
    }
    if (!isDrained) {
      acts.add(Act.DRAIN);
    }
    if (isHeldBack) {
      acts.add(Act.ENABLE);
    }
    acts.add(Act.NOTE);
    return acts;
  }

  private static List<ActLink> links(List<Act> acts, String root) {
    return acts.stream()
        .map(act -> new ActLink(act.verb(), root + "/" + act.word(), act.isGrave()))
        .toList();
  }

  private static boolean isOrdered(Health health, PersonsOrder.Kind kind) {
    return health.order().filter(it -> it.order().kind() == kind).isPresent();
  }
}
