package com.nokia.ci.tas.service.http.view;

import com.nokia.ci.tas.service.farm.FarmSnapshot;
import com.nokia.ci.tas.service.farm.FarmSnapshot.NodeView;
import com.nokia.ci.tas.service.settings.Configuration;
import java.util.List;

/**
 * One node.
 *
 * @param frame what is around it
 * @param node with all its products
 * @param since when it was first heard of
 * @param running its tests
 * @param ended those of the last ended tests that ran there
 */
public record NodePage(
    Frame frame, NodeBlock node, Moment since, List<RunningRow> running, List<EndedRow> ended) {

  /** Makes the page from a snapshot. */
  public static NodePage of(
      NodeView node,
      FarmSnapshot farm,
      ServiceCard card,
      Configuration configuration,
      Telling telling) {
    var id = node.node().id();
    var products = farm.products().stream().filter(it -> it.node().equals(id)).toList();
    return new NodePage(
        Frame.of(card, configuration, 2, telling),
        NodeBlock.of(node, products, Integer.MAX_VALUE, telling),
        telling.moment(node.since()),
        farm.running().stream()
            .filter(it -> it.node().equals(id))
            .map(it -> RunningRow.of(it, telling))
            .toList(),
        farm.ended().stream()
            .filter(it -> it.node().filter(id::equals).isPresent())
            .map(it -> EndedRow.of(it, telling))
            .toList());
  }
}
