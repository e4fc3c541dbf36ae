package com.nokia.ci.tas.commons.xml;

/**
 * Writes elements in the layout that line readers and XML parsers both understand: one element a
 * line, tabs, line feeds, no attributes.
 */
final class Lines {
  private final Dialect dialect;
  private final StringBuilder out = new StringBuilder(2048);
  private final StringBuilder indent;

  /** Lines that begin with the given indentation. */
  Lines(Dialect dialect, String indent) {
    this.dialect = dialect;
    this.indent = new StringBuilder(indent);
  }

  Lines declaration() {
    out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    return this;
  }

  Lines open(String name) {
    out.append(indent).append('<').append(name).append(">\n");
    indent.append('\t');
    return this;
  }

  Lines close(String name) {
    indent.setLength(indent.length() - 1);
    out.append(indent).append("</").append(name).append(">\n");
    return this;
  }

  /** A leaf; line breaks in its value become blanks. */
  Lines leaf(String name, String value) {
    out.append(indent).append('<').append(name).append('>');
    append(value.replace('\r', ' ').replace('\n', ' '));
    out.append("</").append(name).append(">\n");
    return this;
  }

  /** A leaf if there is a value. */
  Lines optionalLeaf(String name, String value) {
    return value.isEmpty() ? this : leaf(name, value);
  }

  /** A leaf if there is a value and the reader is none of the earlier programs. */
  Lines escapedLeaf(String name, String value) {
    return dialect == Dialect.EARLIER ? this : optionalLeaf(name, value);
  }

  /** A leaf if the number is more than zero. */
  Lines optionalLeaf(String name, long number) {
    return number <= 0 ? this : leaf(name, Long.toString(number));
  }

  /** The block of a text message: its lines without indentation, each with a line feed. */
  Lines text(String text) {
    out.append(indent).append("<text>\n");
    String unix = text.replace("\r\n", "\n").replace('\r', '\n');
    int from = 0;
    while (from <= unix.length()) {
      int end = unix.indexOf('\n', from);
      int to = end < 0 ? unix.length() : end;
      line(unix.substring(from, to));
      out.append('\n');
      from = to + 1;
    }
    out.append(indent).append("</text>\n");
    return this;
  }

  private void line(String line) {
    boolean looksLikeElement = line.indexOf('<') >= 0 && line.indexOf('>') >= 0;
    if (dialect == Dialect.EARLIER && looksLikeElement) {
      append(line.replace('<', '(').replace('>', ')'));
    } else {
      append(line);
    }
  }

  private void append(String value) {
    switch (dialect) {
      case ESCAPED -> Escaping.escape(value, out);
      case EARLIER -> Escaping.keep(value, out);
    }
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
