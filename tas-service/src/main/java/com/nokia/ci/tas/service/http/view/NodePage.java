package com.nokia.ci.tas.service.http.view;

import com.nokia.ci.tas.commons.model.NodeFacts;
import com.nokia.ci.tas.service.farm.FarmSnapshot;
import com.nokia.ci.tas.service.farm.FarmSnapshot.NodeView;
import com.nokia.ci.tas.service.farm.FarmSnapshot.RunningTest;
import com.nokia.ci.tas.service.store.Search;
import java.util.Comparator;
import java.util.List;

/**
 * One node.
 *
 * @param frame what is around it
 * @param node with all its products
 * @param since when it was first heard of
 * @param facts what it has told of its machine
 * @param running its tests
 * @param record how its tests ended
 * @param acts what whoever looks can do to it
 */
public record NodePage(
    Frame frame,
    NodeBlock node,
    Moment since,
    List<Frame.Fact> facts,
    List<RunningRow> running,
    TrackRecord record,
    List<ActLink> acts) {

  /** Makes the page from a snapshot. */
  public static NodePage of(
      NodeView node, NodeFacts facts, FarmSnapshot farm, Frame frame, Past past, Telling telling) {
    var peers =
        farm.nodes().stream()
            .map(it -> it.node().id().toString())
            .filter(it -> !it.equals(node.node().id().toString()))
            .limit(Past.MOST_PEERS)
            .toList();
    var id = node.node().id();
    var products = farm.products(id);
    var running = farm.running().stream().filter(it -> it.node().equals(id)).toList();
    return new NodePage(
        frame,
        NodeBlock.of(node, products, Integer.MAX_VALUE, telling),
        telling.moment(node.since()),
        FactRows.of(facts),
        running.stream().map(it -> RunningRow.of(it, farm, telling)).toList(),
        past.of(
            Search.Aspect.NODE,
            id.toString(),
            peers,
            running.stream().map(RunningTest::reserved).min(Comparator.naturalOrder()),
            telling),
        ActLink.on(id.toString(), node.standing()));
  }

  /** The same for somebody who may do nothing to it. */
  public NodePage with(boolean mayOperate) {
    return mayOperate ? this : new NodePage(frame, node, since, facts, running, record, List.of());
  }
}
