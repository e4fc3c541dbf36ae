package com.nokia.ci.tas.service.http.view;

import com.nokia.ci.tas.commons.model.Role;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.service.farm.FarmSnapshot.Holder;
import com.nokia.ci.tas.service.farm.FarmSnapshot.ProductView;
import java.util.List;
import java.util.Optional;

/**
 * A product on a page.
 *
 * @param link to its own page, named by its IMEI
 * @param role main, remote or reference
 * @param rmCode as its node says
 * @param status free, busy, disabled or disconnected
 * @param holders the test that has it or that it is kept for; none or one
 * @param details what it is held for, or why it cannot be used
 * @param left how much longer it is held at most; none or one
 * @param since when the status began; none or one
 * @param health what speaks against it, and what people have noted
 */
public record ProductRow(
    Link link,
    String role,
    String rmCode,
    String status,
    List<Link> holders,
    String details,
    List<Lapse> left,
    List<Moment> since,
    HealthMarks health) {

  static ProductRow of(ProductView view, Telling telling) {
    var product = view.product();
    return new ProductRow(
        Link.to(product),
        product.role() == Role.MAIN ? "" : product.role().text(),
        product.rmCode(),
        status(view),
        view.holder().map(Holder::test).map(Link::to).stream().toList(),
        details(view),
        view
            .holder()
            .filter(holder -> holder.hold() != Holder.Hold.ENDING)
            .map(holder -> Lapse.until(holder.until(), telling))
            .stream()
            .toList(),
        view
            .disconnectedAt()
            .or(() -> view.holder().map(Holder::since))
            .or(() -> view.health().since())
            .map(telling::moment)
            .stream()
            .toList(),
        HealthMarks.of(view.health(), telling));
  }

  /** Whether there is anything to say of it besides. */
  public boolean isExplained() {
    return !details.isEmpty() || !health.notes().isEmpty();
  }

  static String status(ProductView view) {
    return view.disconnectedAt().isPresent() ? "disconnected" : view.product().status().text();
  }

  private static String details(ProductView view) {
    if (view.holder().isPresent()) {
      Holder holder = view.holder().get();
      return switch (holder.hold()) {
        case RUN -> "attempt " + holder.attempt();
        case ENDING -> "told to end, not yet confirmed";
        case KEPT -> "kept for its issuer";
      };
    }
    Optional<RuntimeId> keptFor = view.keptFor();
    return keptFor.isPresent()
        ? "set aside for " + keptFor.get() + ", which waits for several products"
        : view.product().statusDetails();
  }
}
