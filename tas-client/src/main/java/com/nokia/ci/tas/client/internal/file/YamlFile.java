package com.nokia.ci.tas.client.internal.file;

import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.SettingsException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * Reads YAML that somebody wrote: maps, lists and texts and nothing else. A number is the text that
 * was written; there are no types, no aliases of lists or maps, no key twice, no more than 1 MB.
 */
public final class YamlFile {
  private YamlFile() {}

  /**
   * The map that a file holds; empty for an empty file.
   *
   * @throws SettingsException when it cannot be read or holds anything else
   */
  public static Map<String, Object> read(Path file) {
    String text = new String(TextFile.bytes(file), StandardCharsets.UTF_8);
    try {
      return map(file.toString(), parsed(text));
    } catch (YamlEngineException e) {
      throw new SettingsException(file + " is no YAML: " + sentence(e), e);
    }
  }

  private static Object parsed(String text) {
    var settings =
        LoadSettings.builder()
            .setSchema(new FailsafeSchema())
            .setMaxAliasesForCollections(0)
            .setAllowDuplicateKeys(false)
            .setAllowRecursiveKeys(false)
            .setCodePointLimit(TextFile.LARGEST)
            .build();
    Object value = new Load(settings).loadFromString(text);
    return value == null ? Map.of() : value;
  }

  private static String sentence(YamlEngineException e) {
    return SafeName.shown(String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
  }

  /** A value that has to be a map. */
  public static Map<String, Object> map(String where, Object value) {
    if (value instanceof Map<?, ?> map) {
      var named = new LinkedHashMap<String, Object>();
      map.forEach((key, each) -> named.put(String.valueOf(key), each));
      return named;
    }
    throw new SettingsException(where + " has to be a map of names and values");
  }

  /** A value that has to be a list; one text is a list of it. */
  public static List<Object> list(String where, Object value) {
    if (value instanceof List<?> list) {
      return new ArrayList<>(list);
    }
    if (value instanceof String text) {
      return List.of(text);
    }
    throw new SettingsException(where + " has to be a list");
  }

  /** A value that has to be a text. */
  public static String text(String where, Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new SettingsException(where + " has to be a text");
  }

  /** Options by their names: a text, a list of texts, or a map that is a list of NAME=VALUE. */
  public static Map<String, List<String>> options(String where, Map<String, Object> values) {
    var options = new LinkedHashMap<String, List<String>>();
    values.forEach(
        (name, value) -> {
          String what = where + ", " + SafeName.shown(name) + ",";
          var texts = new ArrayList<String>();
          if (value instanceof Map<?, ?>) {
            map(what, value)
                .forEach(
                    (key, each) ->
                        texts.add(key + "=" + text(what + " " + SafeName.shown(key) + ",", each)));
          } else {
            list(what, value).forEach(each -> texts.add(text(what, each)));
          }
          options.put(name, texts);
        });
    return options;
  }
}
