package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductDemand;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Tells "not now" from "never": a group of waiting tests has hope while some node has products,
 * free or busy, that would do. One such node is remembered; only when it loses something another is
 * looked for.
 */
final class Hopes {
  private final Books books;
  private final Instant now;

  Hopes(Books books, Instant now) {
    this.books = books;
    this.now = now;
  }

  /** Looks after everything that was stirred. */
  void settle(Stirred stirred) {
    for (var node : stirred.vanished()) {
      for (var wish : books.witnessed.get(node.getKey()).orElse(Table.empty())) {
        if (!isPossible(wish.getKey(), node.getKey())) {
          reconsider(wish.getKey());
        }
      }
    }
    for (var wish : stirred.wishes()) {
      if (books.groups.contains(wish.getKey())) {
        reconsider(wish.getKey());
      }
    }
    for (var id : stirred.appeared()) {
      books.products.get(id.getKey()).ifPresent(this::encourage);
    }
    for (var node : stirred.appearedNodes()) {
      for (var wish : nodeWishes(node.getKey())) {
        encourage(wish, node.getKey());
      }
    }
  }

  /** Whether some node has what waiting tests wish for, free or busy; what is new is looked at. */
  boolean isHopeful(Wish wish) {
    if (books.stirred.wishes().contains(wish)) {
      books.stirred = books.stirred.considered(wish);
      reconsider(wish);
    }
    return books.groups.at(wish).witness().isPresent();
  }

  /** Whether the products of a node, free or busy, would do. */
  boolean isPossible(Wish wish, NodeId id) {
    var node = books.nodes.get(id).filter(Books::isPresent);
    if (node.isEmpty()) {
      return false;
    }
    if (wish.isNode()) {
      return isOn(wish, id);
    }
    var sound = node.get().products().keys().map(books::product).filter(Product::isSound).toList();
    return Matching.complete(wish.demands(), sound).isPresent();
  }

  static boolean isOn(Wish wish, NodeId node) {
    return wish.host().isEmpty() || wish.host().equals(ProductDemand.lower(node.endpoint().host()));
  }

  /** The wishes for a node alone that a node could meet, as far as somebody has them. */
  static Iterable<Wish> nodeWishes(NodeId node) {
    return List.of(Wish.node(""), Wish.node(node.endpoint().host()));
  }

  private void encourage(Product product) {
    for (var interest : books.interests.of(product)) {
      for (var wish : interest.wishes()) {
        encourage(wish.getKey(), product.node());
      }
    }
  }

  private void encourage(Wish wish, NodeId node) {
    var group = books.groups.get(wish);
    if (group.isPresent() && group.get().witness().isEmpty() && isPossible(wish, node)) {
      books.put(group.get().hoping(node));
    }
  }

  private void reconsider(Wish wish) {
    var group = books.groups.at(wish);
    books.put(witness(wish).map(group::hoping).orElseGet(() -> group.hopeless(books.counted(now))));
  }

  private Optional<NodeId> witness(Wish wish) {
    if (wish.isNode()) {
      return books.nodes.keys().filter(node -> isPossible(wish, node)).findFirst();
    }
    return books.present.fewest(wish).keys().filter(node -> isPossible(wish, node)).findFirst();
  }
}
