package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.commons.model.NearestName;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.SettingsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a plan: a YAML file with the members {@code plan}, its name; {@code parameters}, names and
 * values that texts have as <code>${name}</code>; {@code defaults}, options of every test; {@code
 * items}, what is run. An item has a {@code name}; {@code test}, its options; {@code after}, the
 * items before it; {@code when}, what has to have become of them; and {@code each}, a parameter and
 * the values that it has in one test each.
 */
final class PlanFile {
  private static final Set<String> MEMBERS = Set.of("plan", "parameters", "defaults", "items");
  private static final Set<String> ITEM_MEMBERS = Set.of("name", "test", "after", "when", "each");
  private static final Pattern PARAMETER = Pattern.compile("\\$\\{([^}]*)}");
  private static final int MOST_TESTS = 1000;

  private final String file;
  private final Map<String, String> parameters = new TreeMap<>();
  private final Map<String, List<String>> defaults;
  private final Map<String, Object> content;

  private PlanFile(Path file, Map<String, String> set) {
    this.file = file.toString();
    this.content = YamlFile.read(file);
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
    var own = options(where + ", test", item.getOrDefault("test", Map.of()));
    var each = options(where + ", each", item.getOrDefault("each", Map.of()));
    if (each.size() > 1) {
      throw new SettingsException(file + ", " + where + ", each, has more than one parameter");
    }
    var options = new LinkedHashMap<>(defaults);
    options.putAll(own);
    if (each.isEmpty()) {
      return List.of(new Plan.PlannedTest(name, filled(where, options, parameters)));
    }
    var tests = new ArrayList<Plan.PlannedTest>();
    var values = each.entrySet().iterator().next();
    for (String value : values.getValue()) {
      var all = new TreeMap<>(parameters);
      all.put(values.getKey(), value);
      String id = name + "-" + value.replaceAll("[^\\p{L}\\p{N}._-]", "-");
      tests.add(new Plan.PlannedTest(id, filled(where, options, all)));
    }
    if (new HashSet<>(tests.stream().map(Plan.PlannedTest::name).toList()).size() < tests.size()) {
      throw new SettingsException(file + ", " + where + ", each, has a value twice");
    }
    return tests;
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
