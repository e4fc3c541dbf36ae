package com.nokia.ci.tas.commons.xml;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Turns a document of the earlier line format into well-formed XML. Its values are not escaped, it
 * opens {@code envparams} with an end tag, and its texts hold raw lines.
 *
 * <p>What is repaired is known from {@link Block}: the value of a known leaf reaches to its own end
 * tag and is escaped; blocks must nest; what is not known is left out. An ampersand that begins one
 * of the five entities of XML or a character reference is one, any other is a character.
 *
 * <p>One use, one thread. The time is bounded by a multiple of the length.
 */
final class EarlierFormat {
  private static final Pattern END_OF_TEXT =
      Pattern.compile(
          "</text\\s*+>\\s*+(?:</envelope\\s*+>\\s*+</message\\s*+>|<test[\\s>])",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");
  private static final int NOT_FOUND = -1;
  private static final int LONGEST_PREFIX = 40;
  private static final int LONGEST_NAME = 200;
  private static final long LOOKS_PER_CHARACTER = 4;

  /** A document that is neither XML nor the earlier format. */
  private static final class BeyondRepair extends Exception {
    private static final long serialVersionUID = 1L;

    BeyondRepair(String why) {
      super(why, null, false, false);
    }
  }

  private record Open(String name, Block block) {}

  private final String text;
  private final StringBuilder out;
  private final Deque<Open> open = new ArrayDeque<>();
  private long looks;
  private int position;

  EarlierFormat(String text, Block document) {
    this.text = text;
    this.out = new StringBuilder(text.length() + 256);
    this.looks = LOOKS_PER_CHARACTER * text.length();
    open.push(new Open("", document));
  }

  /** The document as XML; empty when it is not of the earlier format either. */
  Optional<String> repaired() {
    try {
      boolean rootClosed = false;
      while (!rootClosed) {
        position = text.indexOf('<', position);
        if (position == NOT_FOUND) {
          return Optional.empty();
        }
        step();
        rootClosed = open.size() == 1 && out.length() > 0;
      }
      return Optional.of(out.toString());
    } catch (BeyondRepair e) {
      return Optional.empty();
    }
  }

  private void step() throws BeyondRepair {
    if (text.startsWith("<!--", position)) {
      skipBehind("-->");
    } else if (text.startsWith("<?", position)) {
      skipBehind("?>");
    } else if (text.startsWith("<!", position) && open.size() == 1) {
      throw new BeyondRepair("document type");
    } else {
      tag();
    }
  }

  private void skipBehind(String end) throws BeyondRepair {
    int found = find(end, position + 2);
    position = found == NOT_FOUND ? position + 1 : found + end.length();
  }

  private void tag() throws BeyondRepair {
    int first = position + 1;
    int close = text.indexOf('>', first);
    if (close == NOT_FOUND) {
      throw new BeyondRepair("a tag that does not end");
    }
    boolean closing = text.startsWith("/", first);
    String name = nameAt(closing ? first + 1 : first, close);
    position = close + 1;
    if (closing) {
      closed(name);
    } else {
      opened(name, text.charAt(close - 1) == '/');
    }
  }

  private String nameAt(int first, int close) {
    int end = first;
    while (end < close && isNamePart(text.charAt(end)) && text.charAt(end) != '/') {
      end++;
    }
    return Block.spelled(text.substring(first, Math.min(end, first + LONGEST_NAME)));
  }

  private void opened(String name, boolean empty) throws BeyondRepair {
    Block parent = open.peek().block();
    var child = parent.child(name);
    var block = child.flatMap(Block.Child::block);
    if (block.isPresent()) {
      if (!empty) {
        enter(name, block.get());
      }
    } else if (open.size() == 1) {
      throw new BeyondRepair("another root");
    } else if (!empty) {
      leaf(name, parent, child.isPresent());
    }
  }

  private void closed(String name) throws BeyondRepair {
    Open top = open.peek();
    if (name.isEmpty()) {
      return; // </> ends nothing, least of all the document
    }
    if (top.name().equals(name)) {
      open.pop();
      out.append("</").append(name).append(">\n");
    } else if (top.block() == Block.TEST && name.equals("envparams")) {
      enter(name, Block.PARAMETERS);
    } else if (open.stream().anyMatch(outer -> outer.name().equals(name))) {
      throw new BeyondRepair("blocks that do not nest");
    }
  }

  private void enter(String name, Block block) {
    open.push(new Open(name, block));
    out.append('<').append(name).append(">\n");
  }

  private void leaf(String name, Block parent, boolean known) throws BeyondRepair {
    boolean isText = parent == Block.ENVELOPE && name.equals("text");
    int end = isText ? endOfText() : endTag(name, position);
    if (end == NOT_FOUND) {
      if (known) {
        throw new BeyondRepair("a leaf that does not end");
      }
      return;
    }
    if (known || (parent.isOpen() && NAME.matcher(name).matches())) {
      out.append('<').append(name).append('>');
      appendValue(text.substring(position, end));
      out.append("</").append(name).append(">\n");
    }
    position = text.indexOf('>', end) + 1;
  }

  private int endOfText() throws BeyondRepair {
    var end = END_OF_TEXT.matcher(text);
    return end.find(position) ? end.start() : endTag("text", position);
  }

  /** Where the end tag of that name begins, in any case and with any prefix. */
  private int endTag(String name, int from) throws BeyondRepair {
    int found = find("</", from);
    while (found != NOT_FOUND) {
      if (isEndTag(name, found + 2)) {
        return found;
      }
      found = find("</", found + 2);
    }
    return NOT_FOUND;
  }

  private boolean isEndTag(String name, int start) {
    int first = start;
    int farthest = Math.min(text.length(), start + LONGEST_PREFIX);
    for (int i = start; i < farthest && isNamePart(text.charAt(i)); i++) {
      if (text.charAt(i) == ':') {
        first = i + 1;
      }
    }
    int last = first + name.length();
    while (last < text.length() && text.charAt(last) <= ' ') {
      last++;
    }
    return text.regionMatches(true, first, name, 0, name.length()) && text.startsWith(">", last);
  }

  private static boolean isNamePart(char c) {
    return c > ' ' && c != '<' && c != '>';
  }

  private int find(String wanted, int from) throws BeyondRepair {
    int found = text.indexOf(wanted, from);
    looks -= (found == NOT_FOUND ? text.length() : found) - from + 1;
    if (looks < 0) {
      throw new BeyondRepair("too many elements that do not end");
    }
    return found;
  }

  private void appendValue(String raw) {
    String stripped = raw.strip();
    if (stripped.startsWith("<![CDATA[") && stripped.endsWith("]]>")) {
      Escaping.escape(stripped.substring(9, stripped.length() - 3), out);
    } else {
      Escaping.escapeUnlessEscaped(raw, out);
    }
  }
}
