package com.nokia.ci.tas.client.internal.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Reads the values of a JSON object that are no lists, those of objects inside included. */
final class FlatJson {
  private static final JsonFactory JSON = new JsonFactory();

  private FlatJson() {}

  /**
   * The values by their names; those of inner objects as {@code reason.code}.
   *
   * @throws IOException when the text is no JSON object
   */
  static Map<String, String> read(String text) throws IOException {
    var values = new HashMap<String, String>();
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("this is no JSON object");
      }
      object(parser, "", values);
    }
    return values;
  }

  private static void object(JsonParser parser, String prefix, Map<String, String> values)
      throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = prefix + parser.currentName();
      JsonToken value = parser.nextToken();
      if (value == JsonToken.START_OBJECT) {
        object(parser, name + ".", values);
      } else if (value == JsonToken.START_ARRAY) {
        parser.skipChildren();
      } else if (value != JsonToken.VALUE_NULL) {
        values.put(name, parser.getValueAsString());
      }
    }
    if (parser.currentToken() != JsonToken.END_OBJECT) {
      throw new IOException("this JSON object has no end");
    }
  }
}
