package com.nokia.ci.tas.service.http.view;

import com.nokia.ci.tas.service.farm.FarmSnapshot.NodeView;
import com.nokia.ci.tas.service.farm.FarmSnapshot.ProductView;
import com.nokia.ci.tas.service.release.SupportedNodes;
import java.util.List;

/**
 * A node with its products on a page.
 *
 * @param link to its own page, named by its address
 * @param description of its owner
 * @param version of its software
 * @param condition connected, arriving or lost
 * @param remark why no test can be sent to it, else empty
 * @param complaint what is wrong with its version, else empty
 * @param load how many tests it has and may have
 * @param lastSeen since when it has given no sign of life
 * @param products in the order of their IMEIs, as many as are shown
 * @param hidden how many more it has
 * @param health what speaks against it, and what people have noted
 */
public record NodeBlock(
    Link link,
    String description,
    String version,
    String condition,
    String remark,
    String complaint,
    String load,
    Lapse lastSeen,
    List<ProductRow> products,
    int hidden,
    HealthMarks health) {

  /** A node with some of its products, or all. */
  static NodeBlock of(NodeView view, List<ProductView> products, int room, Telling telling) {
    return new NodeBlock(
        Link.to(view.node().id()),
        view.node().description(),
        view.node().version(),
        switch (view.condition()) {
          case ARRIVING -> "arriving";
          case CONNECTED -> "connected";
          case AWAITED -> "awaited";
          case LOST -> "lost";
        },
        view.remark(),
        SupportedNodes.complaint(view.node()).orElse(""),
        view.runs().size() + " of " + view.maximalRuns(),
        Lapse.since(view.lastSeen(), telling),
        products.stream().limit(room).map(product -> ProductRow.of(product, telling)).toList(),
        Math.max(0, products.size() - room),
        HealthMarks.of(view.standing(), telling));
  }
}
