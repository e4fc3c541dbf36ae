package com.nokia.ci.tas.commons.xml;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads a message as the earlier programs do, by what is known of them: line by line, one current
 * object, nothing unescaped. What they would lose or stumble over fails.
 */
public final class EarlierLineReader {
  private static final Set<String> LISTS =
      Set.of("artifacts", "envparams", "envparam", "test-packages", "test-package", "files");
  private static final Map<String, String> OUTER_OF_LISTS =
      Map.of(
          "artifacts", "test",
          "envparams", "test",
          "envparam", "envparams",
          "test-packages", "test",
          "test-package", "test-packages",
          "files", "test-package",
          "sim1", "product",
          "sim2", "product");

  private final List<String> leaves = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private String current = "";
  private boolean inText;
  private boolean inEnvelope;
  private boolean ended;

  private EarlierLineReader() {}

  /**
   * What an earlier program understands.
   *
   * @param leaves each as {@code block/leaf=value}, in order
   * @param text the lines of a text message
   */
  public record Understood(List<String> leaves, String text) {}

  /** Reads a whole message. */
  public static Understood read(String message) {
    var reader = new EarlierLineReader();
    int first = message.indexOf('\n');
    if (!message.startsWith("<?") || !message.endsWith("\n")) {
      throw new AssertionError("no declaration on a line of its own, or no final line feed");
    }
    for (String line : message.substring(first + 1).split("\n", -1)) {
      if (!reader.ended) {
        reader.line(line);
      } else if (!line.isEmpty()) {
        throw new AssertionError("something follows the message: " + line);
      }
    }
    if (!reader.ended) {
      throw new AssertionError("the message has no end");
    }
    return new Understood(reader.leaves, reader.text.toString());
  }

  private void line(String raw) {
    String line = trimmed(raw);
    if (line.isEmpty()) {
      return;
    }
    int less = line.indexOf('<');
    int greater = line.indexOf('>', Math.max(0, less));
    if (less < 0 || greater < 0) {
      if (!inText) {
        throw new AssertionError("free text outside a text: " + line);
      }
      text.append(line).append('\n');
      return;
    }
    String name = line.substring(less + 1, greater).toLowerCase(Locale.ROOT);
    if (name.startsWith("/")) {
      close(name.substring(1));
    } else if (line.contains("</" + name + ">")) {
      leaf(name, line.substring(line.indexOf('>') + 1, line.lastIndexOf('<')));
    } else {
      open(name);
    }
  }

  private void open(String name) {
    if (inText) {
      throw new AssertionError("a line of text is taken for the element " + name);
    }
    switch (name) {
      case "message", "sender", "receiver", "test", "file", "test-node" -> current = name;
      case "envelope" -> inEnvelope = true;
      case "text" -> inText = true;
      case "required-products", "reserved-products" -> current = name;
      case "product", "sim1", "sim2" -> current = name;
      default -> {
        if (!LISTS.contains(name)) {
          throw new AssertionError("unknown block " + name);
        }
        current = name;
      }
    }
  }

  private void close(String name) {
    switch (name) {
      case "text" -> inText = false;
      case "sender", "receiver" -> current = "message";
      case "product", "test", "file", "test-node" -> current = "nothing";
      case "required-products", "reserved-products", "envelope" -> {}
      case "message" -> ended = true;
      default -> current = OUTER_OF_LISTS.get(name);
    }
  }

  private void leaf(String name, String value) {
    if (current.equals("nothing") && !Set.of("operation", "remote").contains(name)) {
      throw new AssertionError(name + " is lost");
    }
    if (name.equals("type") && inEnvelope) {
      throw new AssertionError("the type comes too late");
    }
    boolean isOfMessage = Set.of("type", "operation", "remote").contains(name);
    leaves.add((isOfMessage ? "message" : current) + "/" + name + "=" + value);
  }

  private static String trimmed(String line) {
    return line.trim();
  }
}
