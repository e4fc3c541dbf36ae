package com.nokia.ci.tas.client.publish;

/** Composes a JSON document of objects, lists, texts and whole numbers. */
final class JsonText {
  private final StringBuilder json = new StringBuilder();

  JsonText open() {
    comma();
    json.append('{');
    return this;
  }

  JsonText close() {
    json.append('}');
    return this;
  }

  JsonText openList(String name) {
    member(name).append('[');
    return this;
  }

  JsonText closeList() {
    json.append(']');
    return this;
  }

  JsonText text(String name, String value) {
    member(name);
    quoted(value);
    return this;
  }

  JsonText number(String name, long value) {
    member(name).append(value);
    return this;
  }

  @Override
  public String toString() {
    return json.toString();
  }

  private StringBuilder member(String name) {
    comma();
    quoted(name);
    return json.append(':');
  }

  private void comma() {
    if (json.length() > 0 && "{[".indexOf(json.charAt(json.length() - 1)) < 0) {
      json.append(',');
    }
  }

  private void quoted(String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < 0x20 || Character.isSurrogate(c) || c == 0x2028 || c == 0x2029) {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
