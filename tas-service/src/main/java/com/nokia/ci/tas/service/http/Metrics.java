package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.ProductStatus;
import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.farm.FarmSnapshot;
import com.nokia.ci.tas.service.farm.FarmSnapshot.NodeView;
import com.nokia.ci.tas.service.farm.FarmSnapshot.ProductView;
import com.nokia.ci.tas.service.farm.FarmSnapshot.RunningTest;
import com.nokia.ci.tas.service.http.view.ServiceCard;
import com.nokia.ci.tas.service.measure.Histogram;
import com.nokia.ci.tas.service.webhook.WebhookCounts;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The farm in the text format of Prometheus. */
final class Metrics {
  private final StringBuilder text = new StringBuilder(2048);

  private Metrics() {}

  static String of(
      FarmSnapshot farm,
      ServiceCard card,
      EndedCounts ended,
      LineCounts lines,
      WebhookCounts webhooks,
      EstimateCounts estimates,
      Timings timings,
      Instant now) {
    var metrics = new Metrics();
    metrics.service(farm, card, now);
    metrics.nodes(farm.nodes());
    metrics.products(farm.products());
    metrics.tests(farm, ended, now);
    metrics.lines(lines);
    metrics.webhooks(webhooks);
    metrics.estimates(estimates);
    metrics.timings(ended, timings);
    return metrics.text.toString();
  }

  private void service(FarmSnapshot farm, ServiceCard card, Instant now) {
    family("tas_service_info", "gauge", "The service and its version.");
    String version = card.version().replace("\\", "\\\\").replace("\"", "\\\"");
    sample("tas_service_info{version=\"" + version + "\"}", 1);
    family("tas_uptime_seconds", "gauge", "How long the service runs.");
    sample("tas_uptime_seconds", Duration.between(card.startedAt(), now).toSeconds());
    family("tas_events_total", "counter", "Events that the farm has taken.");
    sample("tas_events_total", farm.version());
    family("tas_maintenance_mode", "gauge", "1 while no test is forwarded to a node.");
    sample("tas_maintenance_mode", farm.settings().maintenance() ? 1 : 0);
    Runtime runtime = Runtime.getRuntime();
    family("tas_memory_used_bytes", "gauge", "Heap in use.");
    sample("tas_memory_used_bytes", runtime.totalMemory() - runtime.freeMemory());
  }

  private void nodes(List<NodeView> nodes) {
    family("tas_nodes", "gauge", "Test nodes by condition.");
    for (var condition : NodeView.Condition.values()) {
      sample(
          "tas_nodes{condition=\"" + word(condition) + "\"}",
          nodes.stream().filter(node -> node.condition() == condition).count());
    }
  }

  private void products(List<ProductView> products) {
    family("tas_products", "gauge", "Products by status.");
    for (var status : ProductStatus.values()) {
      sample(
          "tas_products{status=\"" + status.text() + "\"}",
          products.stream()
              .filter(it -> it.disconnectedAt().isEmpty() && it.product().status() == status)
              .count());
    }
    sample(
        "tas_products{status=\"disconnected\"}",
        products.stream().filter(it -> it.disconnectedAt().isPresent()).count());
  }

  private void tests(FarmSnapshot farm, EndedCounts ended, Instant now) {
    List<RunningTest> running = farm.running();
    long started = running.stream().filter(it -> it.started().isPresent()).count();
    family("tas_tests", "gauge", "Tests that have not ended, by state.");
    sample("tas_tests{state=\"waiting\"}", farm.waitingCount());
    sample("tas_tests{state=\"preparing\"}", running.size() - started);
    sample("tas_tests{state=\"running\"}", started);
    var waiting = farm.waitingFor();
    family("tas_tests_waiting", "gauge", "Tests that wait, by what for.");
    for (var reason : FarmSnapshot.WaitsFor.values()) {
      sample("tas_tests_waiting{reason=\"" + word(reason) + "\"}", waiting.getOrDefault(reason, 0));
    }
    family("tas_oldest_waiting_seconds", "gauge", "How long the oldest test of the queue waits.");
    sample(
        "tas_oldest_waiting_seconds",
        farm.oldestWaiting()
            .map(received -> Duration.between(received, now).toSeconds())
            .orElse(0L));
    family("tas_tests_ended_total", "counter", "Tests that ended since the start, by verdict.");
    for (var verdict : EndedTest.Verdict.values()) {
      sample("tas_tests_ended_total{verdict=\"" + word(verdict) + "\"}", ended.of(verdict));
    }
    family("tas_test_causes_total", "counter", "Tests that did not finish, by whose fault it was.");
    for (var fault : Fault.values()) {
      sample("tas_test_causes_total{fault=\"" + fault.text() + "\"}", ended.of(fault));
    }
  }

  private void timings(EndedCounts ended, Timings timings) {
    histogram("tas_test_waiting_seconds", "From receipt to products, of tests.", ended.waited());
    histogram(
        "tas_test_preparing_seconds", "From products to the executor's start.", ended.prepared());
    histogram("tas_test_running_seconds", "From the executor's start to the end.", ended.ran());
    histogram("tas_decision_seconds", "The farm's decision on an event.", timings.decisions());
    histogram("tas_store_write_seconds", "Making a batch of events durable.", timings.writes());
  }

  private void histogram(String name, String help, Histogram histogram) {
    family(name, "histogram", help);
    var bars = histogram.bars();
    for (var bar : bars) {
      String bound = Double.isInfinite(bar.bound()) ? "+Inf" : plain(bar.bound());
      sample(name + "_bucket{le=\"" + bound + "\"}", bar.count());
    }
    text.append(name).append("_sum ").append(plain(histogram.seconds())).append('\n');
    sample(name + "_count", bars.get(bars.size() - 1).count());
  }

  /** Without an exponent, which some readers of this format do not know. */
  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  private void estimates(EstimateCounts estimates) {
    family(
        "tas_estimates_checked_total", "counter", "Estimates of starts compared with the truth.");
    sample("tas_estimates_checked_total", estimates.checked());
    family(
        "tas_estimates_kept_total", "counter", "Those whose test started within the error told.");
    sample("tas_estimates_kept_total", estimates.kept());
  }

  private void lines(LineCounts lines) {
    family("tas_sessions", "gauge", "Sessions, by whether their peer is connected now.");
    sample("tas_sessions{state=\"open\"}", lines.sessionsOpen());
    sample("tas_sessions{state=\"away\"}", lines.sessionsAway());
    family("tas_relayed_messages_total", "counter", "Messages passed on for others.");
    sample("tas_relayed_messages_total", lines.relayedMessages());
    family("tas_relayed_files_total", "counter", "Files passed on for others.");
    sample("tas_relayed_files_total", lines.relayedFiles());
    family("tas_relayed_bytes_total", "counter", "Octets of texts and files passed on, as said.");
    sample("tas_relayed_bytes_total", lines.relayedBytes());
    family("tas_wire_refusals_total", "counter", "Connections and messages of peers refused.");
    sample("tas_wire_refusals_total", lines.refusals());
    family("tas_wire_undelivered_total", "counter", "Messages that could not be delivered.");
    sample("tas_wire_undelivered_total", lines.undelivered());
  }

  private void webhooks(WebhookCounts webhooks) {
    family("tas_webhooks", "gauge", "Webhooks that are told of tests.");
    sample("tas_webhooks", webhooks.hooks());
    family("tas_webhook_delivered_total", "counter", "Events that receivers of webhooks took.");
    sample("tas_webhook_delivered_total", webhooks.delivered());
    family("tas_webhook_failed_total", "counter", "Tries to tell a webhook that failed.");
    sample("tas_webhook_failed_total", webhooks.failed());
    family("tas_webhook_waiting", "gauge", "Events on disk that no receiver has taken yet.");
    sample("tas_webhook_waiting", webhooks.waiting());
  }

  private void family(String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private void sample(String series, long value) {
    text.append(series).append(' ').append(value).append('\n');
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
