package com.nokia.ci.tas.client.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** The answer of a service to why a test waits, for people to read. */
final class WhyText {
  private final JsonNode why;
  private final List<String> lines = new ArrayList<>();

  WhyText(JsonNode why) {
    this.why = why;
  }

  List<String> lines() {
    lines.add("test " + text(why, "id") + text(why, "subId") + " is " + text(why, "waitingFor"));
    if (why.has("alike")) {
      var alike = new StringJoiner(", ");
      why.path("alike").forEach(test -> alike.add(test.asText()));
      lines.add("so are " + alike);
    }
    lines.add(
        "place "
            + number(why, "place")
            + " of "
            + number(why, "waitingCount")
            + " in the queue; "
            + number(why, "rivalPlace")
            + " of "
            + number(why, "rivalCount")
            + " that could use the same products");
    if (why.has("expectedStart")) {
      lines.add(
          "expected to start at "
              + time(why.path("expectedStart"))
              + ", give or take "
              + Math.max(1, why.path("expectedStartError").asLong() / 1000)
              + " s, if runs take as long as they usually do");
    }
    if (!why.path("possible").asBoolean()) {
      lines.add("nothing that the farm has now, free or busy, could ever serve it");
    }
    why.path("demands").forEach(this::demand);
    for (JsonNode node : why.path("nodes")) {
      lines.add("node " + text(node, "node") + ": " + text(node, "detail"));
    }
    if (why.has("kept")) {
      kept(why.path("kept"));
    }
    relaxations();
    for (JsonNode other : why.path("others")) {
      lines.add("");
      lines.addAll(new WhyText(other).lines());
    }
    return lines;
  }

  private void demand(JsonNode demand) {
    int asked = number(demand, "asked");
    lines.add(
        text(demand, "demand")
            + (asked > 1 ? " (" + asked + " of these)" : "")
            + ": "
            + products(number(demand, "fitting"))
            + (number(demand, "fitting") == 1 ? " fits, " : " fit, ")
            + number(demand, "free")
            + " could be given to it now");
    for (JsonNode use : demand.path("products")) {
      lines.add("  product " + text(use, "imei") + " on " + text(use, "node") + " " + use(use));
    }
    for (JsonNode miss : demand.path("misses")) {
      lines.add(
          "  "
              + products(number(miss, "count"))
              + " would fit, but "
              + clauses(miss.path("clauses"), " instead of ")
              + " (product "
              + text(miss, "example")
              + (number(miss, "count") > 1 ? ", for example)" : ")"));
    }
  }

  private static String use(JsonNode use) {
    String detail = text(use, "detail");
    String behind = detail.isEmpty() ? "" : ": " + detail;
    return switch (text(use, "use")) {
      case "free" -> "is free" + (detail.isEmpty() ? "" : ", but its node takes no test" + behind);
      case "run" -> "is used by test " + text(use, "test") + until(use);
      case "ending" -> "is used by test " + text(use, "test") + ", which is being ended";
      case "kept" -> "is kept by the issuer of test " + text(use, "test") + until(use);
      case "set-aside" -> "is set aside for test " + text(use, "test");
      case "disabled" -> "is disabled" + behind;
      case "gone" -> "is gone" + behind;
      default -> "is " + text(use, "use") + behind;
    };
  }

  private static String until(JsonNode use) {
    return (use.has("expectedEnd") ? ", usually until " + time(use.path("expectedEnd")) + "," : "")
        + (use.has("until") ? " until " + time(use.path("until")) + " at the latest" : "");
  }

  private void kept(JsonNode kept) {
    var names = new StringJoiner(", ");
    kept.path("products").forEach(product -> names.add(product.asText()));
    var lacking = new StringJoiner(" and ");
    kept.path("lacking").forEach(demand -> lacking.add(demand.asText()));
    lines.add(
        "set aside for it on node "
            + text(kept, "node")
            + ": "
            + names
            + (lacking.length() == 0 ? "" : "; lacking " + lacking));
  }

  private void relaxations() {
    JsonNode relaxations = why.path("relaxations");
    if (relaxations.isEmpty()) {
      lines.add("no change of one or two values would start it now");
      return;
    }
    lines.add("it would start now, if it asked for");
    for (JsonNode relaxation : relaxations) {
      var products = new StringJoiner(", ");
      relaxation.path("products").forEach(product -> products.add(product.asText()));
      lines.add(
          "  "
              + clauses(relaxation.path("changes"), " instead of ")
              + " (product "
              + products
              + " on "
              + text(relaxation, "node")
              + ")");
    }
  }

  private static String clauses(JsonNode clauses, String between) {
    var joined = new StringJoiner(" and ");
    for (JsonNode clause : clauses) {
      String found = text(clause, "found");
      String name = text(clause, "name");
      joined.add(
          (found.isEmpty() ? "no " + name : name + ":" + found)
              + between
              + name
              + ":"
              + text(clause, "wanted"));
    }
    return joined.toString();
  }

  private static String products(int count) {
    return count == 1 ? "1 product" : count + " products";
  }

  private static String time(JsonNode millis) {
    return Instant.ofEpochMilli(millis.asLong()).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String text(JsonNode json, String name) {
    return json.path(name).asText();
  }

  private static int number(JsonNode json, String name) {
    return json.path(name).asInt();
  }
}
