/**
 * How a program starts: its arguments and their help, its own host name, its settings file, its
 * log. Every error names the argument or the file and line, the value, and what to do.
 *
 * <p>Depends on {@code java.*}, {@code commons.model}, SLF4J and Logback. The log is set up by the
 * programs only, never by the client library inside somebody else's program.
 */
package com.nokia.ci.tas.commons.launch;
