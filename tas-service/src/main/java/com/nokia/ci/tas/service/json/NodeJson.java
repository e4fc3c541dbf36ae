package com.nokia.ci.tas.service.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nokia.ci.tas.commons.model.NodeFacts;
import com.nokia.ci.tas.service.farm.FarmSnapshot;
import com.nokia.ci.tas.service.farm.FarmSnapshot.NodeView;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a service knows of a node beside its place in the farm. */
public final class NodeJson {
  private static final int MOST_TESTS = 20;
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

  private NodeJson() {}

  /** What a node has told of its machine: names in camel case, numbers as such. */
  public static ObjectNode facts(NodeFacts facts) {
    ObjectNode json = FarmJson.object();
    facts.values().forEach((name, value) -> put(json, camelCase(name), value));
    return json;
  }

  /** The tests that ended last and ran there, as far as they are remembered and may be seen. */
  public static ArrayNode recentTests(NodeView node, FarmSnapshot farm) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    farm.ended().stream()
        .filter(test -> test.node().filter(node.node().id()::equals).isPresent())
        .limit(MOST_TESTS)
        .forEach(
            test ->
                array
                    .addObject()
                    .put("id", test.test().id().text())
                    .put("verdict", test.verdict().name().toLowerCase(Locale.ROOT))
                    .put("ended", test.times().ended().toEpochMilli()));
    return array;
  }

  private static void put(ObjectNode json, String name, String value) {
    if (NUMBER.matcher(value).matches()) {
      json.put(name, Long.parseLong(value));
    } else {
      json.put(name, value);
    }
  }

  private static String camelCase(String name) {
    var words = new StringBuilder(name.length());
    boolean begins = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '-') {
        begins = true;
      } else {
        words.append(begins ? Character.toUpperCase(c) : c);
        begins = false;
      }
    }
    return words.toString();
  }
}
