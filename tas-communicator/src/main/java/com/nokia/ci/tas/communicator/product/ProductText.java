package com.nokia.ci.tas.communicator.product;

import com.nokia.ci.tas.commons.model.ProductDescription;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The text of a product file and where its values stand in it, so that a value is changed without
 * touching anything else: comments, unknown elements, order, layout and line ends stay as their
 * maintainer left them.
 */
final class ProductText {
  private final String text;
  private final Map<String, Leaf> leaves;
  private final int end;

  /**
   * One value in the text.
   *
   * @param name as in expressions: {@code role}, {@code sim1-pin1}
   * @param value without blanks around it
   * @param start of the element, at its {@code <}
   * @param contentStart just behind the start tag
   * @param contentEnd at the end tag; the same as {@code contentStart} where there is none
   * @param end just behind the element
   */
  record Leaf(String name, String value, int start, int contentStart, int contentEnd, int end) {
    /** Whether the element is one empty tag: {@code <status/>}. */
    boolean isEmptyTag() {
      return contentEnd == contentStart && contentEnd == end;
    }
  }

  private record Edit(int from, int to, String replacement) {}

  /**
   * @param end position of the end tag of the product
   */
  ProductText(String text, Map<String, Leaf> leaves, int end) {
    this.text = text;
    this.leaves = leaves;
    this.end = end;
  }

  /**
   * Reads a product file.
   *
   * @throws BrokenFileException when it is not well-formed XML with a product in it
   */
  static ProductText parse(String text) {
    return new ProductTextParser(text).parse();
  }

  String text() {
    return text;
  }

  boolean has(String name) {
    return leaves.containsKey(name);
  }

  /** All values; a literal {@code null}, as the earlier programs wrote, is none. */
  ProductDescription description() {
    var values = new TreeMap<String, String>();
    leaves.values().forEach(leaf -> values.put(leaf.name(), known(leaf.value())));
    return new ProductDescription(values);
  }

  /**
   * The same text with other values; those that are right already are not touched. An element that
   * is missing is added below the last one, unless its value is empty.
   *
   * @param values names of elements directly in the product, and what they are to say
   */
  ProductText with(Map<String, String> values) {
    var edits = new ArrayList<Edit>();
    values.forEach(
        (name, value) -> {
          Leaf leaf = leaves.get(name);
          if (leaf == null) {
            if (!value.isEmpty()) {
              edits.add(insertion(name, value));
            }
          } else if (!leaf.value().equals(value)) {
            edits.add(replacement(leaf, value));
          }
        });
    return edits.isEmpty() ? this : parse(apply(edits));
  }

  private Edit replacement(Leaf leaf, String value) {
    if (leaf.isEmptyTag()) {
      return new Edit(leaf.start(), leaf.end(), element(leaf.name(), value));
    }
    return new Edit(leaf.contentStart(), leaf.contentEnd(), escaped(value));
  }

  private Edit insertion(String name, String value) {
    String lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
    int lineStart = text.lastIndexOf('\n', end - 1) + 1;
    boolean ownLine = text.substring(lineStart, end).isBlank();
    String line = indentation() + element(name, value) + lineEnd;
    return ownLine ? new Edit(lineStart, lineStart, line) : new Edit(end, end, lineEnd + line);
  }

  /** What stands before the elements of this product. */
  private String indentation() {
    for (var leaf : leaves.values()) {
      int lineStart = text.lastIndexOf('\n', leaf.start() - 1) + 1;
      String before = text.substring(lineStart, leaf.start());
      if (!leaf.name().startsWith("sim") && before.isBlank() && !before.isEmpty()) {
        return before;
      }
    }
    return "    ";
  }

  private String apply(List<Edit> edits) {
    edits.sort(Comparator.comparingInt(Edit::from));
    var changed = new StringBuilder();
    int position = 0;
    for (var edit : edits) {
      changed.append(text, position, edit.from()).append(edit.replacement());
      position = edit.to();
    }
    return changed.append(text, position, text.length()).toString();
  }

  private static String element(String name, String value) {
    return "<" + name + ">" + escaped(value) + "</" + name + ">";
  }

  /** A value as it stands in XML; characters that XML cannot hold become blanks. */
  static String escaped(String value) {
    var escaped = new StringBuilder(value.length());
    value
        .codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                default -> escaped.appendCodePoint(isXml(c) ? c : ' ');
              }
            });
    return escaped.toString().strip();
  }

  private static boolean isXml(int c) {
    return (c >= ' ' && c < 0xD800) || (c > 0xDFFF && c < 0xFFFE) || c > 0xFFFF;
  }

  private static String known(String value) {
    return value.equals("null") ? "" : value;
  }
}
