package com.nokia.ci.tas.client.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the products of a farm. */
@Command(
    name = "products",
    description = {
      "Lists the products of a farm: whether each is free, busy or disabled and why, its health",
      "(good, suspect, unsteady, drained, disabled) and what people have noted."
    },
    footer = {
      "",
      "Examples:",
      "  tas products --service farm.example.com:31415",
      "  tas products --service farm.example.com:31415 --watch",
      "",
      "Exit codes: 0 listed, 2 wrong usage, 5 the service does not answer."
    })
final class ProductsCommand implements Callable<Integer> {
  private static final List<String> MEMBERS =
      List.of("imei", "rmCode", "role", "status", "environment", "hostname");
  private static final TextTable.Columns TABLE =
      new TextTable.Columns(
          "products",
          List.of(
              "IMEI",
              "RM code",
              "Role",
              "Status",
              "Environment",
              "Node",
              "Health",
              "Details",
              "Note"),
          ProductsCommand::row);

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServiceOption service = new ServiceOption();
  @Mixin private Listing listing = new Listing();

  @Override
  public Integer call() {
    return listing.print(spec, service, ServicePages::products, TABLE, "product");
  }

  private static List<String> row(JsonNode product) {
    var health = product.path("health");
    var row = new java.util.ArrayList<>(MEMBERS.stream().map(it -> text(product, it)).toList());
    row.add(health.path("state").asText());
    row.add(text(product, "statusDetails"));
    row.add(NodesCommand.note(health));
    return row;
  }

  /** Earlier services begin their names with a capital. */
  private static String text(JsonNode product, String member) {
    String earlier = Character.toUpperCase(member.charAt(0)) + member.substring(1);
    return product.path(member).asText(product.path(earlier).asText());
  }
}
