package com.nokia.ci.tas.service.http.view;

import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductStatus;
import com.nokia.ci.tas.service.farm.FarmSnapshot;
import com.nokia.ci.tas.service.farm.FarmSnapshot.NodeView;
import com.nokia.ci.tas.service.farm.FarmSnapshot.ProductView;
import com.nokia.ci.tas.service.settings.Configuration;
import com.nokia.ci.tas.service.settings.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The whole farm at a glance.
 *
 * @param frame what is around it
 * @param counts the farm in a few numbers
 * @param running tests that have products or a node, oldest first
 * @param waiting the beginning of the queue
 * @param waitingHidden how many more wait
 * @param nodes with as many products as a page can carry
 * @param nodesHidden how many more nodes there are
 * @param ended the last ones, newest first
 * @param settings what is in force
 * @param complaints lines of {@code configuration.dat} that are not in force
 */
public record StatusPage(
    Frame frame,
    List<Frame.Fact> counts,
    List<RunningRow> running,
    List<WaitingRow> waiting,
    int waitingHidden,
    List<NodeBlock> nodes,
    int nodesHidden,
    List<EndedRow> ended,
    List<SettingRow> settings,
    List<String> complaints) {
  private static final int ROWS = 100;
  private static final int ENDED_ROWS = 30;
  private static final int PRODUCT_ROWS = 500;

  /**
   * A setting in force.
   *
   * @param key in the file
   * @param value in force
   * @param meaning the comment of the file
   * @param changed whether it differs from the default
   */
  public record SettingRow(String key, String value, String meaning, boolean changed) {}

  /** Makes the page from a snapshot. */
  public static StatusPage of(
      FarmSnapshot farm,
      ServiceCard card,
      Configuration configuration,
      List<String> complaints,
      Telling telling) {
    List<ProductView> products = farm.products();
    List<NodeView> nodes = farm.nodes();
    var running = farm.running();
    return new StatusPage(
        Frame.of(card, configuration, products.size() > PRODUCT_ROWS ? 10 : 2, telling),
        counts(farm, nodes, products),
        running.stream().limit(ROWS).map(test -> RunningRow.of(test, telling)).toList(),
        farm.waiting(0, ROWS).stream().map(test -> WaitingRow.of(test, telling)).toList(),
        Math.max(0, farm.waitingCount() - ROWS),
        blocks(nodes, products, telling),
        Math.max(0, nodes.size() - ROWS),
        farm.ended().stream().limit(ENDED_ROWS).map(it -> EndedRow.of(it, telling)).toList(),
        Arrays.stream(Setting.values()).map(it -> row(it, configuration)).toList(),
        List.copyOf(complaints));
  }

  private static SettingRow row(Setting setting, Configuration configuration) {
    String value = configuration.text(setting);
    return new SettingRow(
        setting.key(),
        value,
        String.join(" ", setting.comment()),
        !value.equals(setting.defaultValue()));
  }

  private static List<Frame.Fact> counts(
      FarmSnapshot farm, List<NodeView> nodes, List<ProductView> products) {
    long connected =
        nodes.stream().filter(it -> it.condition() == NodeView.Condition.CONNECTED).count();
    long gone = products.stream().filter(it -> it.disconnectedAt().isPresent()).count();
    return List.of(
        new Frame.Fact("nodes", ofAll(connected, nodes.size())),
        new Frame.Fact(
            "products free", ofAll(count(products, ProductStatus.FREE), products.size())),
        new Frame.Fact("busy", String.valueOf(count(products, ProductStatus.BUSY))),
        new Frame.Fact("disabled", String.valueOf(count(products, ProductStatus.DISABLED))),
        new Frame.Fact("disconnected", String.valueOf(gone)),
        new Frame.Fact("tests running", String.valueOf(farm.running().size())),
        new Frame.Fact("tests waiting", String.valueOf(farm.waitingCount())));
  }

  private static String ofAll(long some, int all) {
    return some == all ? String.valueOf(all) : some + " of " + all;
  }

  private static long count(List<ProductView> products, ProductStatus status) {
    return products.stream()
        .filter(it -> it.disconnectedAt().isEmpty() && it.product().status() == status)
        .count();
  }

  private static List<NodeBlock> blocks(
      List<NodeView> nodes, List<ProductView> products, Telling telling) {
    Map<NodeId, List<ProductView>> byNode =
        products.stream().collect(Collectors.groupingBy(ProductView::node));
    var blocks = new ArrayList<NodeBlock>();
    int room = PRODUCT_ROWS;
    for (var node : nodes.stream().limit(ROWS).toList()) {
      var block =
          NodeBlock.of(node, byNode.getOrDefault(node.node().id(), List.of()), room, telling);
      blocks.add(block);
      room -= block.products().size();
    }
    return List.copyOf(blocks);
  }
}
