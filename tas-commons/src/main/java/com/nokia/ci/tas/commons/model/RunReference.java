package com.nokia.ci.tas.commons.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A run that a node says it has, when it registers anew (docs/session.md, section 2).
 *
 * @param test the test, as the node knows it. On the wire id and sub-id are joined, so one that was
 *     read has an empty sub-id: compare by {@link RuntimeId#text()}
 * @param attempt number of the run, from 1; 0: the node was not told
 * @param products the products that the run holds
 */
public record RunReference(RuntimeId test, int attempt, List<ProductId> products) {
  private static final Pattern ENTRY = Pattern.compile("([^/|]+)/([0-9]{1,9})/([^/|]*)");
  private static final Pattern SEPARATOR = Pattern.compile("[/|]");
  private static final Pattern SEPARATOR_OF_PRODUCTS = Pattern.compile("[/|:]");

  public RunReference {
    Objects.requireNonNull(test, "test");
    products = List.copyOf(products);
    if (test.text().isEmpty() || SEPARATOR.matcher(test.text()).find() || attempt < 0) {
      throw new IllegalArgumentException(
          "\"" + SafeName.shown(test.text()) + "/" + attempt + "\" is no run that can be listed");
    }
    for (var product : products) {
      if (product.imei().isEmpty() || SEPARATOR_OF_PRODUCTS.matcher(product.imei()).find()) {
        throw new IllegalArgumentException(
            "\"" + SafeName.shown(product.imei()) + "\" is no IMEI that can be listed");
      }
    }
  }

  /**
   * Reads the value of the leaf {@code runs}.
   *
   * @throws ProtocolException when an entry is not of the form {@code RUNTIME-ID/ATTEMPT/IMEI:IMEI}
   */
  public static List<RunReference> parseAll(String text) {
    var runs = new ArrayList<RunReference>();
    if (!text.isBlank()) {
      for (String entry : text.split("\\|", -1)) {
        runs.add(parse(entry.strip()));
      }
    }
    return List.copyOf(runs);
  }

  private static RunReference parse(String entry) {
    var parts = ENTRY.matcher(entry);
    if (!parts.matches() || parts.group(1).isBlank()) {
      throw new ProtocolException(
          "\""
              + SafeName.shown(entry)
              + "\" in the list of runs is not of the form RUNTIME-ID/ATTEMPT/IMEI:IMEI");
    }
    var products =
        Arrays.stream(parts.group(3).split(":"))
            .map(String::strip)
            .filter(imei -> !imei.isEmpty())
            .map(ProductId::new)
            .toList();
    return new RunReference(
        RuntimeId.of(parts.group(1).strip()), Integer.parseInt(parts.group(2)), products);
  }

  /** The value of the leaf {@code runs}; empty when there are none. */
  public static String text(List<RunReference> runs) {
    return runs.stream().map(RunReference::text).collect(Collectors.joining("|"));
  }

  private String text() {
    return test.text()
        + "/"
        + attempt
        + "/"
        + products.stream().map(ProductId::imei).collect(Collectors.joining(":"));
  }
}
