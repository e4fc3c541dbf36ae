package com.nokia.ci.tas.service.http.view;

import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.service.farm.FarmSnapshot;
import com.nokia.ci.tas.service.farm.FarmSnapshot.Holder;
import com.nokia.ci.tas.service.farm.FarmSnapshot.ProductView;
import com.nokia.ci.tas.service.store.Search;
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
 * @param record how its tests ended
 * @param acts what whoever looks can do to it
 */
public record ProductPage(
    Frame frame,
    ProductRow row,
    Link node,
    List<Frame.Fact> facts,
    TrackRecord record,
    List<ActLink> acts) {
  private static final Set<ProductAttribute> TOLD_ELSEWHERE =
      Set.of(
          ProductAttribute.STATUS,
          ProductAttribute.STATUS_DETAILS,
          ProductAttribute.RESERVATION_TIME,
          ProductAttribute.RESERVATION_TIMEOUT,
          ProductAttribute.DISCONNECTION_TIME);

  /** Makes the page from a snapshot. */
  public static ProductPage of(
      ProductView product, FarmSnapshot farm, Frame frame, Past past, Telling telling) {
    String imei = product.product().id().imei();
    var peers =
        farm.products().stream()
            .map(ProductView::product)
            .filter(it -> it.rmCode().equals(product.product().rmCode()))
            .map(it -> it.id().imei())
            .filter(it -> !it.equals(imei))
            .limit(Past.MOST_PEERS)
            .toList();
    return new ProductPage(
        frame,
        ProductRow.of(product, telling),
        Link.to(product.node()),
        facts(product),
        past.of(Search.Aspect.PRODUCT, imei, peers, product.holder().map(Holder::since), telling),
        ActLink.on(product));
  }

  /** The same for somebody who may do nothing to it. */
  public ProductPage with(boolean mayOperate) {
    return mayOperate ? this : new ProductPage(frame, row, node, facts, record, List.of());
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
}
