package com.nokia.ci.tas.client.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.nokia.ci.tas.commons.Test;
import com.nokia.ci.tas.commons.expression.ExpressionException;
import com.nokia.ci.tas.commons.expression.RequirementParser;
import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.commons.model.SettingsException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes of one test one for each kind of product: each value that an attribute has among the
 * products of the farm that fit, free or not.
 */
final class EachKind {
  private static final int MOST_KINDS = 100;

  private EachKind() {}

  /**
   * The tests.
   *
   * @param attribute as expressions name it, such as {@code rm-code}
   * @throws SettingsException when the test asks for no or several products, or nothing fits
   */
  static List<Test> of(String attribute, Test test, ServicePages pages) {
    ProductDemand demand = demand(test.getRequiredEnvironment());
    var kinds = kinds(attribute, demand, pages.products().path("products"));
    if (kinds.isEmpty()) {
      throw new SettingsException(
          "no product of the farm fits "
              + test.getRequiredEnvironment()
              + " and has an attribute "
              + attribute);
    }
    if (kinds.size() > MOST_KINDS) {
      throw new SettingsException(
          "the products that fit have "
              + kinds.size()
              + " values of "
              + attribute
              + "; --each-kind is for at most "
              + MOST_KINDS);
    }
    var tests = new ArrayList<Test>();
    for (String kind : kinds) {
      var one = new Test(test);
      one.setId(test.getId() + "-" + kind.replaceAll("[^\\p{L}\\p{N}.-]", "-"));
      if (!demand.clauses().containsKey(attribute)) {
        one.setRequiredEnvironment(with(test.getRequiredEnvironment(), attribute, kind));
      }
      tests.add(one);
    }
    return tests;
  }

  /** An expression of one product with one clause more. */
  private static String with(String expression, String attribute, String value) {
    String clauses = expression.strip();
    if (clauses.startsWith("(")) {
      clauses = clauses.substring(1, clauses.lastIndexOf(')'));
    }
    String separator = clauses.isBlank() || clauses.strip().endsWith(";") ? "" : ";";
    return "(" + clauses.strip() + separator + attribute + ":\"" + value + "\";)";
  }

  private static ProductDemand demand(String expression) {
    try {
      var requirement = RequirementParser.parse(expression);
      if (requirement.products().size() == 1) {
        return requirement.products().get(0);
      }
      throw new SettingsException(
          "--each-kind is for a test of one product; --require asks for "
              + requirement.products().size());
    } catch (ExpressionException e) {
      throw new SettingsException("--require: " + e.getMessage(), e);
    }
  }

  /** The distinct values, as products write them. */
  private static Collection<String> kinds(
      String attribute, ProductDemand demand, JsonNode products) {
    var kinds = new TreeMap<String, String>();
    for (JsonNode product : products) {
      var values = values(product);
      String value = values.getOrDefault(attribute, "");
      var fitting = new HashMap<>(values);
      fitting.put("status", demand.clauses().get("status")); // busy ones will be free again
      boolean isOutOfUse = values.getOrDefault("status", "").equals("disabled");
      if (!value.isEmpty() && !isOutOfUse && demand.isMetBy(fitting)) {
        kinds.put(value, value);
      }
    }
    return kinds.values();
  }

  /** Attributes by the names of expressions: what is camel case in JSON has dashes there. */
  private static Map<String, String> values(JsonNode product) {
    var values = new HashMap<String, String>();
    product
        .properties()
        .forEach(
            member -> {
              if (member.getValue().isValueNode()) {
                put(values, dashed(member.getKey()), member.getValue());
              } else if (member.getKey().equals("attributes")) {
                member
                    .getValue()
                    .properties()
                    .forEach(it -> put(values, it.getKey(), it.getValue()));
              }
            });
    return values;
  }

  private static void put(Map<String, String> values, String name, JsonNode value) {
    values.put(name, ProductDemand.lower(value.asText()));
  }

  private static String dashed(String camelCase) {
    return camelCase.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }
}
