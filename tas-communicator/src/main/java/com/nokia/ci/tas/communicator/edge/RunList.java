package com.nokia.ci.tas.communicator.edge;

import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.RunReference;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.communicator.node.RunOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * The runs that this node has or is about to have, for a registration that opens a session:
 * complete at every moment, from the order that comes in to the report of the end. For any thread.
 */
final class RunList {
  private final List<RunOrder> asked = new ArrayList<>();
  private List<RunOrder> here = List.of();

  /** An order came in; it is in the list from now on. */
  synchronized void asked(RunOrder order) {
    asked.add(order);
  }

  /** An order was taken; whether it became a run is told by {@link #are}. */
  synchronized void taken(RunOrder order) {
    asked.remove(order);
  }

  /** These are the runs that are here or wait for others to end; all others were reported. */
  synchronized void are(List<RunOrder> orders) {
    here = List.copyOf(orders);
  }

  synchronized List<RunReference> all() {
    var all = new ArrayList<RunReference>();
    here.forEach(order -> of(order).ifPresent(all::add));
    asked.forEach(order -> of(order).ifPresent(all::add));
    return distinct(all);
  }

  /** Those that differ in test or attempt. */
  static List<RunReference> distinct(Collection<RunReference> runs) {
    var distinct = new LinkedHashMap<String, RunReference>();
    runs.forEach(run -> distinct.putIfAbsent(run.test().text() + "/" + run.attempt(), run));
    return List.copyOf(distinct.values());
  }

  /** A run with the products it holds; empty when it has a name that no run can have. */
  static Optional<RunReference> reference(
      RuntimeId test, int attempt, Collection<ProductId> products) {
    if (SafeName.complaint("test id", test.text()).isPresent()) {
      return Optional.empty();
    }
    var listed =
        products.stream()
            .filter(product -> SafeName.complaint("IMEI", product.imei()).isEmpty())
            .toList();
    return Optional.of(new RunReference(test, attempt, listed));
  }

  /** What the node wants itself is nobody else's business. */
  private static Optional<RunReference> of(RunOrder order) {
    return order.isOfTheNode()
        ? Optional.empty()
        : reference(order.id(), order.attempt(), order.products());
  }
}
