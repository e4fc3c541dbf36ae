/**
 * Messages and descriptions as XML: one codec for the guide's format in any layout and for the line
 * format of the earlier programs (guide, "Test Automation Service messages"; the protocol reference
 * in {@code docs/protocol.md}).
 *
 * <p>Depends on {@code commons.model} and {@code commons.message}; binding beans and parser stay
 * package-private. No network, no files.
 */
package com.nokia.ci.tas.commons.xml;
