package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.client.internal.file.YamlFile;
import com.nokia.ci.tas.commons.model.NearestName;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.SettingsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a plan: a file in YAML, or in XML with the same names ({@link XmlFile}), with the members
 * {@code plan}, its name; {@code parameters}, names and values that texts have as <code>${name}
 * </code>; {@code defaults}, options of every test; {@code items}, what is run. An item has a
 * {@code name}; {@code test}, its options; {@code after}, the items before it; {@code when}, what
 * has to have become of them; and {@code each}, parameters and their values: a map has one test for
 * each combination, a list of maps one for each of them.
 */
final class PlanFile {
  private static final Set<String> MEMBERS = Set.of("plan", "parameters", "defaults", "items");
  private static final Set<String> XML_MEMBERS = Set.of("name", "parameters", "defaults", "items");
  private static final Set<String> ITEM_MEMBERS = Set.of("name", "test", "after", "when", "each");
  private static final Pattern PARAMETER = Pattern.compile("\\$\\{([^}]*)}");
  private static final int MOST_TESTS = 1000;

  /** How XML writes one of the maps of a list. */
  private static final String ROW = "row";

  private final String file;
  private final Map<String, String> parameters = new TreeMap<>();
  private final Map<String, List<String>> defaults;
  private final Map<String, Object> content;

  private PlanFile(Path file, Map<String, String> set) {
    this.file = file.toString();
    this.content = content(file);
    known(content, MEMBERS, this.file);
    YamlFile.map(this.file + ", parameters", content.getOrDefault("parameters", Map.of()))
        .forEach((name, value) -> parameters.put(name, text("parameter " + name, value)));
    set.forEach(this::set);
    this.defaults = options("defaults", content.getOrDefault("defaults", Map.of()));
  }

  /**
   * Reads a file.
   *
   * @param set values of parameters in place of those in the file
   * @throws SettingsException with a sentence when it is no plan
   */
  static Plan read(Path file, Map<String, String> set) {
    return new PlanFile(file, set).plan();
  }

  /** The document element of XML says what the file is; its name is the member of that name. */
  private static Map<String, Object> content(Path file) {
    if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".xml")) {
      return YamlFile.read(file);
    }
    var content = new LinkedHashMap<>(XmlFile.read(file, "plan"));
    known(content, XML_MEMBERS, file.toString());
    if (content.containsKey("name")) {
      content.put("plan", content.remove("name"));
    }
    content.computeIfPresent("items", (any, items) -> inner(file + ", <items>", items, "item"));
    return content;
  }

  /** What the elements of one name are that stand inside another, which has no others. */
  private static Object inner(String where, Object value, String name) {
    if (value.equals("")) {
      return List.of();
    }
    var map = YamlFile.map(where, value);
    known(map, Set.of(name), where);
    Object inside = map.get(name);
    return inside instanceof List<?> ? inside : List.of(inside);
  }

  private void set(String name, String value) {
    if (!parameters.containsKey(name)) {
      throw new SettingsException(
          file
              + " has no parameter \""
              + SafeName.shown(name)
              + "\""
              + NearestName.suggestion(name, parameters.keySet()));
    }
    parameters.put(name, value);
  }

  private Plan plan() {
    String name = text("plan", content.getOrDefault("plan", ""));
    SafeName.complaint("plan name", name)
        .ifPresent(
            sentence -> {
              throw new SettingsException(file + ": " + sentence);
            });
    var items = new ArrayList<Plan.Item>();
    for (Object item : YamlFile.list(file + ", items", content.getOrDefault("items", List.of()))) {
      items.add(item(YamlFile.map(file + ", an item", item)));
    }
    int tests = items.stream().mapToInt(item -> item.tests().size()).sum();
    if (items.isEmpty() || tests > MOST_TESTS) {
      throw new SettingsException(
          file + " has " + tests + " tests; a plan has from 1 to " + MOST_TESTS);
    }
    try {
      return Plan.of(name, items);
    } catch (IllegalArgumentException e) {
      throw new SettingsException(file + ": " + e.getMessage(), e);
    }
  }

  private Plan.Item item(Map<String, Object> item) {
    String name = text("item name", item.getOrDefault("name", ""));
    String where = "item " + SafeName.shown(name);
    SafeName.complaint(where + ", name,", name)
        .ifPresent(
            sentence -> {
              throw new SettingsException(file + ": " + sentence);
            });
    known(item, ITEM_MEMBERS, file + ", " + where);
    var after =
        YamlFile.list(file + ", " + where + ", after,", item.getOrDefault("after", List.of()))
            .stream()
            .map(it -> text(where + ", after,", it))
            .toList();
    String word = text(where + ", when,", item.getOrDefault("when", "passed"));
    var when =
        Plan.When.of(word)
            .orElseThrow(
                () ->
                    new SettingsException(
                        file
                            + ", "
                            + where
                            + ", when, is \""
                            + SafeName.shown(word)
                            + "\"; give passed, failed or always"));
    return new Plan.Item(name, after, when, tests(where, name, item));
  }

  private List<Plan.PlannedTest> tests(String where, String name, Map<String, Object> item) {
    var options = new LinkedHashMap<>(defaults);
    options.putAll(options(where + ", test", item.getOrDefault("test", Map.of())));
    var tests = new ArrayList<Plan.PlannedTest>();
    for (var row : rows(where + ", each", item.getOrDefault("each", Map.of()))) {
      var values = new TreeMap<>(parameters);
      values.putAll(row);
      var id = new StringBuilder(name);
      row.values().forEach(it -> id.append('-').append(it.replaceAll("[^\\p{L}\\p{N}._-]", "-")));
      tests.add(new Plan.PlannedTest(id.toString(), filled(where, options, values)));
    }
    if (tests.isEmpty()) {
      throw new SettingsException(file + ", " + where + ", each, has no values");
    }
    if (new HashSet<>(tests.stream().map(Plan.PlannedTest::name).toList()).size() < tests.size()) {
      throw new SettingsException(
          file + ", " + where + ", each, has the same values twice; ids of tests are made of them");
    }
    return tests;
  }

  /** The values that parameters have in one test each; of none one row without any. */
  private List<Map<String, String>> rows(String where, Object each) {
    if (each instanceof List<?> list) {
      var rows = new ArrayList<Map<String, String>>();
      for (Object row : list) {
        rows.addAll(combinations(where, options(where, row)));
      }
      return rows;
    }
    var map = YamlFile.map(file + ", " + where + ",", each.equals("") ? Map.of() : each);
    if (map.keySet().equals(Set.of(ROW))) {
      return rows(where, map.get(ROW) instanceof List<?> several ? several : List.of(map.get(ROW)));
    }
    return combinations(where, options(where, map));
  }

  private List<Map<String, String>> combinations(String where, Map<String, List<String>> each) {
    List<Map<String, String>> rows = List.of(Map.of());
    for (var parameter : each.entrySet()) {
      var longer = new ArrayList<Map<String, String>>();
      for (var row : rows) {
        for (String value : parameter.getValue()) {
          var with = new LinkedHashMap<>(row);
          with.put(parameter.getKey(), value);
          longer.add(with);
        }
      }
      if (longer.isEmpty() || longer.size() > MOST_TESTS) {
        throw new SettingsException(
            file
                + ", "
                + where
                + ", makes "
                + longer.size()
                + " tests; a plan has from 1 to "
                + MOST_TESTS);
      }
      rows = longer;
    }
    return rows;
  }

  private Map<String, List<String>> options(String where, Object value) {
    return YamlFile.options(file + ", " + where, YamlFile.map(file + ", " + where + ",", value));
  }

  private Map<String, List<String>> filled(
      String where, Map<String, List<String>> options, Map<String, String> values) {
    var filled = new LinkedHashMap<String, List<String>>();
    options.forEach(
        (name, texts) ->
            filled.put(name, texts.stream().map(it -> filled(where, it, values)).toList()));
    return filled;
  }

  private String filled(String where, String text, Map<String, String> values) {
    return PARAMETER
        .matcher(text)
        .replaceAll(
            found -> {
              String value = values.get(found.group(1));
              if (value == null) {
                throw new SettingsException(
                    file
                        + ", "
                        + where
                        + ": there is no parameter \""
                        + SafeName.shown(found.group(1))
                        + "\""
                        + NearestName.suggestion(found.group(1), values.keySet()));
              }
              return Matcher.quoteReplacement(value);
            });
  }

  private static void known(Map<String, Object> map, Set<String> members, String where) {
    for (String name : map.keySet()) {
      if (!members.contains(name)) {
        throw new SettingsException(
            where
                + " has \""
                + SafeName.shown(name)
                + "\", which a plan does not know"
                + NearestName.suggestion(name, members.stream().sorted().toList()));
      }
    }
  }

  private String text(String where, Object value) {
    return YamlFile.text(file + ", " + where, value);
  }
}
