package com.nokia.ci.tas.communicator.execution;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a waiting shell is told: one command, read at once, that makes it the executor. Each value
 * of a test stands between single quotes, where a shell takes every byte for itself; a single quote
 * ends them, stands behind a backslash, and begins them again.
 */
final class ShellWords {
  /**
   * Reads its input in blocks, where {@code read} would take it byte by byte. The command is a
   * group: input that ends within it, because the node has, is no command and starts nothing.
   */
  static final String SCRIPT = ". /dev/stdin";

  /** A pipe holds this much whether or not the shell reads already. */
  private static final int MOST_BYTES = 32_000;

  private static final long KILOBYTE = 1024;

  /** Variables that mean something to one shell or another, or to its reading of lines. */
  private static final Set<String> OF_SHELLS =
      Set.of(
          "CDPATH",
          "DIRSTACK",
          "ENV",
          "EUID",
          "FUNCNAME",
          "FUNCNEST",
          "GROUPS",
          "HOSTNAME",
          "HOSTTYPE",
          "IFS",
          "LANG",
          "LANGUAGE",
          "LINENO",
          "MACHTYPE",
          "OLDPWD",
          "OPTARG",
          "OPTERR",
          "OPTIND",
          "OSTYPE",
          "PIPESTATUS",
          "POSIXLY_CORRECT",
          "PPID",
          "PWD",
          "RANDOM",
          "REPLY",
          "SECONDS",
          "SHELLOPTS",
          "SHLVL",
          "TMOUT",
          "UID",
          "_");

  private static final List<String> OF_SHELLS_TOO = List.of("BASH", "LC_", "KSH", "ZSH");

  private ShellWords() {}

  /** What to tell it; empty when a shell cannot be told this start. */
  static Optional<byte[]> of(ExecutorStart start) {
    var variables = start.variables();
    if (!variables.keySet().stream().allMatch(ShellWords::isName)) {
      return Optional.empty();
    }
    var text = new StringBuilder("{ cd ");
    quote(text, start.directory().toString());
    limit(text, "-v", start.limits().memory().map(size -> size.bytes() / KILOBYTE));
    limit(text, "-n", start.limits().openFiles());
    limit(text, "-S -t", start.limits().cpuSeconds());
    limit(text, "-H -t", start.limits().hardCpuSeconds());
    if (!variables.isEmpty()) {
      text.append("&&export");
      variables.forEach((name, value) -> quote(text.append(' ').append(name).append('='), value));
    }
    text.append("&&unset OLDPWD&&exec");
    start.line().forEach(word -> quote(text.append(' '), word));
    text.append(" </dev/null;exit 126;}\n");
    // As Java writes the words of a process that it starts itself.
    byte[] bytes = text.toString().getBytes(Charset.defaultCharset());
    return Optional.of(bytes).filter(it -> it.length <= MOST_BYTES && text.indexOf("\0") < 0);
  }

  private static void quote(StringBuilder to, String value) {
    to.append('\'').append(value.replace("'", "'\\''")).append('\'');
  }

  private static void limit(StringBuilder to, String what, Optional<Long> limit) {
    limit.ifPresent(value -> to.append("&&ulimit ").append(what).append(' ').append(value));
  }

  /** Whether every shell takes it for the name of a variable like any other. */
  private static boolean isName(String name) {
    boolean isWord =
        !name.isEmpty()
            && !isDigit(name.charAt(0))
            && name.chars().allMatch(c -> c == '_' || isDigit(c) || isLetter(c));
    String upper = name.toUpperCase(Locale.ROOT);
    return isWord
        && !OF_SHELLS.contains(upper)
        && OF_SHELLS_TOO.stream().noneMatch(upper::startsWith);
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
