package com.nokia.ci.tas.service.http.view;

import com.nokia.ci.tas.commons.model.NodeFacts;
import com.nokia.ci.tas.service.farm.FarmSnapshot;
import com.nokia.ci.tas.service.farm.FarmSnapshot.NodeView;
import java.util.List;

/**
 * One node.
 *
 * @param frame what is around it
 * @param node with all its products
 * @param since when it was first heard of
 * @param facts what it has told of its machine
 * @param running its tests
 * @param ended those of the last ended tests that ran there
 */
public record NodePage(
    Frame frame,
    NodeBlock node,
    Moment since,
    List<Frame.Fact> facts,
    List<RunningRow> running,
    List<EndedRow> ended) {

  /** Makes the page from a snapshot. */
  public static NodePage of(
      NodeView node, NodeFacts facts, FarmSnapshot farm, Frame frame, Telling telling) {
    var id = node.node().id();
    var products = farm.products().stream().filter(it -> it.node().equals(id)).toList();
    return new NodePage(
        frame,
        NodeBlock.of(node, products, Integer.MAX_VALUE, telling),
        telling.moment(node.since()),
        FactRows.of(facts),
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
