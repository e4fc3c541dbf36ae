package com.nokia.ci.tas.service.replay;

import com.nokia.ci.tas.commons.expression.RequirementParser;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.model.TestDemand;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Reads sentences such as {@code add 2 rm-code:RM-763}, {@code remove node HOST:PORT}, {@code
 * remove product IMEI} and {@code priority 5 issuer HOST}.
 */
public final class ChangeParser {
  private static final int MOST_PRODUCTS = 10_000;
  private static final String EXAMPLES =
      "write \"add 2 rm-code:RM-763\", \"remove node HOST:PORT\", \"remove product IMEI\" or"
          + " \"priority 5 issuer HOST\"";

  private ChangeParser() {}

  /**
   * Reads one sentence.
   *
   * @throws SettingsException with a sentence for the user when it is not understood
   */
  public static Change parse(String sentence) {
    List<String> words = Arrays.asList(sentence.strip().split("\\s+", 3));
    if (words.size() == 3) {
      switch (words.get(0).toLowerCase(Locale.ROOT)) {
        case "add" -> {
          return add(words.get(1), words.get(2));
        }
        case "remove" -> {
          return remove(sentence, words.get(1), words.get(2));
        }
        case "priority" -> {
          return priority(sentence, words.get(1), words.get(2));
        }
        default -> throw unknown(sentence);
      }
    }
    throw unknown(sentence);
  }

  private static Change add(String count, String described) {
    int number = number("the number of products", count);
    if (number < 1 || number > MOST_PRODUCTS) {
      throw new SettingsException(
          "the number of products is " + number + ", must be from 1 to " + MOST_PRODUCTS);
    }
    try {
      String expression = described.endsWith(";") ? described : described + ";";
      var products = RequirementParser.parse(expression).products();
      if (products.size() != 1) {
        throw new SettingsException(
            "\""
                + SafeName.shown(described)
                + "\" describes "
                + products.size()
                + " products; describe one");
      }
      if (!products.get(0).comparisons().isEmpty()) {
        throw new SettingsException(
            "\""
                + SafeName.shown(described)
                + "\" compares with a number; write the value that the products have");
      }
      var values = new TreeMap<>(products.get(0).clauses());
      values.remove("status");
      return new Change.AddProducts(number, values);
    } catch (SettingsException e) {
      throw e;
    } catch (TasException e) {
      throw new SettingsException(
          "\"" + SafeName.shown(described) + "\" describes no product: " + e.getMessage(), e);
    }
  }

  private static Change remove(String sentence, String what, String which) {
    return switch (what.toLowerCase(Locale.ROOT)) {
      case "node" -> new Change.RemoveNode(endpoint(which));
      case "product" -> new Change.RemoveProduct(new ProductId(which));
      default -> throw unknown(sentence);
    };
  }

  private static Endpoint endpoint(String text) {
    try {
      return Endpoint.parse(text);
    } catch (IllegalArgumentException e) {
      throw new SettingsException(e.getMessage(), e);
    }
  }

  private static Change priority(String sentence, String priority, String whose) {
    String[] words = whose.split("\\s+");
    if (words.length != 2 || !words[0].equalsIgnoreCase("issuer")) {
      throw unknown(sentence);
    }
    int number = number("the priority", priority);
    if (!TestDemand.isPriority(number)) {
      throw new SettingsException(
          "the priority is "
              + number
              + ", must be from "
              + TestDemand.LOWEST_PRIORITY
              + " to "
              + TestDemand.HIGHEST_PRIORITY);
    }
    return new Change.GivePriority(number, words[1].toLowerCase(Locale.ROOT));
  }

  private static int number(String what, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new SettingsException(what + " is \"" + SafeName.shown(text) + "\", no number", e);
    }
  }

  private static SettingsException unknown(String sentence) {
    return new SettingsException(
        "\"" + SafeName.shown(sentence) + "\" is no change that is understood; " + EXAMPLES);
  }
}
