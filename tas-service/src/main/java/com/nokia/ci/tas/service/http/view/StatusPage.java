package com.nokia.ci.tas.service.http.view;

import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProjectId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.UserId;
import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.farm.FarmSnapshot;
import com.nokia.ci.tas.service.farm.FarmSnapshot.Found;
import com.nokia.ci.tas.service.farm.FarmSnapshot.NodeView;
import com.nokia.ci.tas.service.farm.FarmSnapshot.ProductView;
import com.nokia.ci.tas.service.farm.FarmSnapshot.RunningTest;
import com.nokia.ci.tas.service.farm.FarmSnapshot.WaitingTest;
import com.nokia.ci.tas.service.settings.Configuration;
import com.nokia.ci.tas.service.settings.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The whole farm at a glance, or what somebody looks for in it.
 *
 * @param frame what is around it
 * @param glance what is looked for
 * @param counts the farm in a few numbers
 * @param running tests that have products or a node, oldest first
 * @param waiting tests that wait, in the order of the queue
 * @param nodes with as many products as are shown
 * @param moreProducts that there are more
 * @param ended the last ones, newest first
 * @param settings what is in force
 * @param complaints lines of {@code configuration.dat} that are not in force
 */
public record StatusPage(
    Frame frame,
    Glance glance,
    List<Count> counts,
    Rows<RunningRow> running,
    Rows<WaitingRow> waiting,
    List<NodeBlock> nodes,
    List<More> moreProducts,
    Rows<EndedRow> ended,
    List<SettingRow> settings,
    List<String> complaints) {
  private static final int MOST_NODES = 200;

  /**
   * A number of the farm.
   *
   * @param name of what is counted
   * @param value how many
   * @param address where they are shown
   */
  public record Count(String name, String value, String address) {}

  /**
   * Rows of a part of the page.
   *
   * @param shown as many as are shown
   * @param all how many there are
   * @param more where the rest is shown; none or one
   */
  public record Rows<T>(List<T> shown, int all, List<More> more) {}

  /**
   * A setting in force.
   *
   * @param key in the file
   * @param value in force
   * @param meaning the comment of the file
   * @param changed whether it differs from the default
   */
  public record SettingRow(String key, String value, String meaning, boolean changed) {}

  /**
   * What is told beside the farm.
   *
   * @param configuration in force
   * @param complaints what is not in force
   * @param telling to whom, and when
   */
  public record Around(Configuration configuration, List<String> complaints, Telling telling) {}

  /** Makes the page from a snapshot. */
  public static StatusPage of(FarmSnapshot farm, Glance glance, Frame frame, Around around) {
    var telling = around.telling();
    var blocks = new Blocks(farm, glance, telling);
    return new StatusPage(
        frame,
        glance,
        counts(farm),
        running(farm, glance, telling),
        waiting(farm, glance, telling),
        blocks.shown,
        More.of(blocks.all, blocks.products, glance.more(Glance.Part.PRODUCTS)),
        ended(farm, glance, telling),
        Arrays.stream(Setting.values()).map(it -> row(it, around.configuration())).toList(),
        List.copyOf(around.complaints()));
  }

  private static List<Count> counts(FarmSnapshot farm) {
    var nodes = farm.nodes();
    var products = farm.census();
    long connected =
        nodes.stream().filter(it -> it.condition() == NodeView.Condition.CONNECTED).count();
    return List.of(
        new Count("nodes", ofAll(connected, nodes.size()), "#nodes"),
        new Count("products free", ofAll(products.free(), products.all()), Glance.ofStatus("free")),
        new Count("busy", String.valueOf(products.busy()), Glance.ofStatus("busy")),
        new Count("disabled", String.valueOf(products.disabled()), Glance.ofStatus("disabled")),
        new Count("disconnected", String.valueOf(products.gone()), Glance.ofStatus("disconnected")),
        new Count("tests running", String.valueOf(farm.runningCount()), "#running"),
        new Count("tests waiting", String.valueOf(farm.waitingCount()), "#waiting"));
  }

  private static String ofAll(long some, int all) {
    return some == all ? String.valueOf(all) : some + " of " + all;
  }

  private static Rows<RunningRow> running(FarmSnapshot farm, Glance glance, Telling telling) {
    int most = glance.rows(Glance.Part.RUNNING);
    var found =
        glance.isSearch()
            ? farm.running(test -> suits(glance, test), most)
            : new Found<RunningTest>(farm.running(most), farm.runningCount());
    return rows(
        found.first().stream().map(it -> RunningRow.of(it, farm, telling)).toList(),
        found.all(),
        glance.more(Glance.Part.RUNNING));
  }

  private static Rows<WaitingRow> waiting(FarmSnapshot farm, Glance glance, Telling telling) {
    int most = glance.rows(Glance.Part.WAITING);
    var found =
        glance.isSearch()
            ? farm.waiting(test -> suits(glance, test), most)
            : new Found<WaitingTest>(farm.waiting(0, most), farm.waitingCount());
    return rows(
        found.first().stream().map(it -> WaitingRow.of(it, telling)).toList(),
        found.all(),
        glance.more(Glance.Part.WAITING));
  }

  private static Rows<EndedRow> ended(FarmSnapshot farm, Glance glance, Telling telling) {
    var found = farm.ended().stream().filter(test -> suits(glance, test)).toList();
    return rows(
        found.stream()
            .limit(glance.rows(Glance.Part.ENDED))
            .map(it -> EndedRow.of(it, telling))
            .toList(),
        found.size(),
        glance.more(Glance.Part.ENDED));
  }

  private static <T> Rows<T> rows(List<T> shown, int all, String more) {
    return new Rows<>(shown, all, More.of(all, shown.size(), more));
  }

  private static boolean suits(Glance glance, EndedTest ended) {
    return suits(glance, ended.test())
        || glance.suits(
            Stream.concat(
                ended.reason().map(it -> it.sentence()).stream(),
                ended.node().map(NodeId::toString).stream()));
  }

  private static boolean suits(Glance glance, TestDescription test) {
    return glance.suits(
        Stream.of(
                Stream.of(test.id().text(), test.demand().expression()),
                test.origin().owner().map(UserId::value).stream(),
                test.origin().project().map(ProjectId::value).stream())
            .flatMap(it -> it));
  }

  private static SettingRow row(Setting setting, Configuration configuration) {
    String value = configuration.text(setting);
    return new SettingRow(
        setting.key(),
        value,
        String.join(" ", setting.comment()),
        !value.equals(setting.defaultValue()));
  }

  /** The nodes that are shown, each with what is shown of its products. */
  private static final class Blocks {
    private final Glance glance;
    private final Telling telling;
    private final List<NodeBlock> shown = new ArrayList<>();
    private int products;
    private int all;

    Blocks(FarmSnapshot farm, Glance glance, Telling telling) {
      this.glance = glance;
      this.telling = telling;
      if (glance.isSearch() || !glance.status().isEmpty()) {
        search(farm);
      } else {
        first(farm);
      }
    }

    private void first(FarmSnapshot farm) {
      all = farm.census().all();
      for (var node : farm.nodes()) {
        if (isFull()) {
          return;
        }
        add(node, farm.products(node.node().id()));
      }
    }

    private void search(FarmSnapshot farm) {
      Map<NodeId, List<ProductView>> byNode =
          farm.products().stream().collect(Collectors.groupingBy(ProductView::node));
      for (var node : farm.nodes()) {
        boolean isWanted = glance.isSearch() && suits(node);
        var suitable =
            byNode.getOrDefault(node.node().id(), List.of()).stream()
                .filter(it -> hasStatus(it) && (isWanted || suits(it)))
                .toList();
        all += suitable.size();
        boolean isShown = !suitable.isEmpty() || (isWanted && glance.status().isEmpty());
        if (isShown && !isFull()) {
          add(node, suitable);
        }
      }
    }

    private boolean isFull() {
      return shown.size() >= MOST_NODES || products >= glance.rows(Glance.Part.PRODUCTS);
    }

    private void add(NodeView node, List<ProductView> those) {
      int room = glance.rows(Glance.Part.PRODUCTS) - products;
      var block = NodeBlock.of(node, those, room, telling);
      shown.add(block);
      products += block.products().size();
    }

    private boolean suits(NodeView node) {
      return glance.suits(
          Stream.of(
              node.node().id().toString(),
              node.node().description(),
              node.node().version(),
              node.remark()));
    }

    private boolean hasStatus(ProductView product) {
      return glance.status().isEmpty() || glance.status().equals(ProductRow.status(product));
    }

    private boolean suits(ProductView product) {
      return glance.suits(
          Stream.concat(
              product.product().values().values().stream(),
              product.holder().map(it -> it.test().text()).stream()));
    }
  }
}
