package com.nokia.ci.tas.commons.xml;

/** How values are written into a message (wire protocol, section 1.4). */
public enum Dialect {
  /** Well-formed XML: {@code &}, {@code <} and {@code >} are escaped everywhere. */
  ESCAPED,
  /** Values as they are: only towards a node whose version begins with {@code aol.}. */
  EARLIER
}
