package com.nokia.ci.tas.service.http.view;

import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.farm.FarmSnapshot;
import com.nokia.ci.tas.service.farm.FarmSnapshot.ProductView;
import com.nokia.ci.tas.service.settings.Configuration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One product.
 *
 * @param frame what is around it
 * @param row the product in short
 * @param node where it is or was
 * @param facts its attributes but the secret ones
 * @param ended those of the last ended tests that had it
 */
public record ProductPage(
    Frame frame, ProductRow row, Link node, List<Frame.Fact> facts, List<EndedRow> ended) {
  private static final Set<ProductAttribute> TOLD_ELSEWHERE =
      Set.of(
          ProductAttribute.STATUS,
          ProductAttribute.STATUS_DETAILS,
          ProductAttribute.RESERVATION_TIME,
          ProductAttribute.RESERVATION_TIMEOUT,
          ProductAttribute.DISCONNECTION_TIME);

  /** Makes the page from a snapshot. */
  public static ProductPage of(
      ProductView product,
      FarmSnapshot farm,
      ServiceCard card,
      Configuration configuration,
      Telling telling) {
    return new ProductPage(
        Frame.of(card, configuration, 2, telling),
        ProductRow.of(product, telling),
        Link.to(product.node()),
        facts(product),
        farm.ended().stream()
            .filter(it -> had(it, product))
            .map(it -> EndedRow.of(it, telling))
            .toList());
  }

  private static List<Frame.Fact> facts(ProductView view) {
    var left = new java.util.TreeMap<>(view.product().withoutSecrets().values());
    TOLD_ELSEWHERE.forEach(attribute -> left.remove(attribute.text()));
    var facts = new ArrayList<Frame.Fact>();
    for (var attribute : ProductAttribute.values()) {
      String value = left.remove(attribute.text());
      if (value != null) {
        facts.add(new Frame.Fact(attribute.text(), value));
      }
    }
    left.forEach((name, value) -> facts.add(new Frame.Fact(name, value)));
    return facts;
  }

  private static boolean had(EndedTest ended, ProductView product) {
    return ended.test().progress().reservedProducts().stream()
        .anyMatch(it -> it.id().equals(product.product().id()));
  }
}
