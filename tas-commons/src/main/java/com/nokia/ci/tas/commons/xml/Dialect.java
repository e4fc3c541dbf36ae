package com.nokia.ci.tas.commons.xml;

/** How values stand in a written message. Both have the same layout, one element a line. */
public enum Dialect {
  /**
   * Well-formed XML: {@code &}, {@code <} and {@code >} are escaped everywhere, text included. What
   * our programs and every XML parser read.
   */
  ESCAPED,

  /**
   * Values as they are, because the earlier programs never unescape: only towards a node whose
   * version is {@code aol.*}. In a line of a text message that has both {@code <} and {@code >},
   * which such a reader would take for an element, they become {@code (} and {@code )}.
   */
  EARLIER
}
