package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.RuntimeId;
import java.util.Map;
import java.util.Optional;

/**
 * What a turn has brought about that may concern waiting tests; the {@link Scheduler} works through
 * it until nothing is left.
 *
 * @param opened products that can be given to a test now, by node
 * @param openedNodes nodes that take a test again
 * @param appeared products that could be given to a test some day
 * @param appearedNodes nodes that could be given a test some day
 * @param vanished nodes that have lost something
 * @param wishes what nobody waited for before
 * @param tests waiting tests that something was in the way of
 */
record Stirred(
    Table<NodeId, Table<ProductId, ProductId>> opened,
    Table<NodeId, NodeId> openedNodes,
    Table<ProductId, ProductId> appeared,
    Table<NodeId, NodeId> appearedNodes,
    Table<NodeId, NodeId> vanished,
    Table<Wish, Wish> wishes,
    Table<RuntimeId, RuntimeId> tests) {

  static final Stirred NOTHING =
      new Stirred(
          Table.empty(),
          Table.empty(),
          Table.empty(),
          Table.empty(),
          Table.empty(),
          Table.empty(),
          Table.empty());

  Stirred opened(NodeId node, ProductId product) {
    var there = opened.get(node).orElse(Table.empty()).with(product, product);
    return new Stirred(
        opened.with(node, there), openedNodes, appeared, appearedNodes, vanished, wishes, tests);
  }

  Stirred opened(NodeId node) {
    return new Stirred(
        opened, openedNodes.with(node, node), appeared, appearedNodes, vanished, wishes, tests);
  }

  Stirred appeared(ProductId product) {
    return new Stirred(
        opened,
        openedNodes,
        appeared.with(product, product),
        appearedNodes,
        vanished,
        wishes,
        tests);
  }

  Stirred appeared(NodeId node) {
    return new Stirred(
        opened, openedNodes, appeared, appearedNodes.with(node, node), vanished, wishes, tests);
  }

  Stirred vanished(NodeId node) {
    return new Stirred(
        opened, openedNodes, appeared, appearedNodes, vanished.with(node, node), wishes, tests);
  }

  Stirred wished(Wish wish) {
    return new Stirred(
        opened, openedNodes, appeared, appearedNodes, vanished, wishes.with(wish, wish), tests);
  }

  /** The same with the hope of one wish looked after. */
  Stirred considered(Wish wish) {
    return new Stirred(
        opened, openedNodes, appeared, appearedNodes, vanished, wishes.without(wish), tests);
  }

  Stirred unblocked(RuntimeId test) {
    return new Stirred(
        opened, openedNodes, appeared, appearedNodes, vanished, wishes, tests.with(test, test));
  }

  /** The same with nothing opened at a node. */
  Stirred woken(NodeId node) {
    return new Stirred(
        opened.without(node),
        openedNodes.without(node),
        appeared,
        appearedNodes,
        vanished,
        wishes,
        tests);
  }

  /** The same with hopes looked after. */
  Stirred hoped() {
    return new Stirred(
        opened, openedNodes, Table.empty(), Table.empty(), Table.empty(), Table.empty(), tests);
  }

  Stirred offered() {
    return new Stirred(
        opened, openedNodes, appeared, appearedNodes, vanished, wishes, Table.empty());
  }

  boolean isHopeChanged() {
    return !(appeared.isEmpty()
        && appearedNodes.isEmpty()
        && vanished.isEmpty()
        && wishes.isEmpty());
  }

  /** The node where something opened first in their order. */
  Optional<NodeId> firstOpened() {
    var product = opened.first().map(Map.Entry::getKey);
    var node = openedNodes.first().map(Map.Entry::getKey);
    if (product.isEmpty() || node.isEmpty()) {
      return product.or(() -> node);
    }
    return product.get().compareTo(node.get()) <= 0 ? product : node;
  }
}
