package com.nokia.ci.tas.communicator.execution;

import com.nokia.ci.tas.commons.model.ByteSize;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a waiting shell is told: a value a line, each at its place, and the script that takes them.
 * The shell reads lines into a variable and never reads what is in them as a script.
 */
final class ShellWords {
  private static final String WORD = "TAS_WORD";

  /**
   * Ends when its input does: then the node has, and nothing was wanted. A program follows only a
   * list that has its end.
   */
  static final String SCRIPT =
      """
      word() { IFS= read -r TAS_WORD; }
      limit() { word || exit 126; test -z "$TAS_WORD" || ulimit "$@" "$TAS_WORD" || exit 126; }
      word || exit 0
      cd "$TAS_WORD" || exit 126
      limit -v
      limit -n
      limit -S -t
      limit -H -t
      while word && test -n "$TAS_WORD"; do export "$TAS_WORD"; done
      while word && test "$TAS_WORD" != .; do set -- "$@" "${TAS_WORD#:}"; done
      test "$TAS_WORD" = . || exit 126
      unset TAS_WORD OLDPWD
      exec "$@" </dev/null
      """;

  /** More than this would take the shell longer than the start of another process. */
  private static final int MOST_BYTES = 8_000;

  /** Variables that mean something to one shell or another, or to its reading of lines. */
  private static final Set<String> OF_SHELLS =
      Set.of(
          WORD,
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

  /** What to tell it; empty when a shell cannot be told this start in lines. */
  static Optional<byte[]> of(ExecutorStart start) {
    var lines = new ArrayList<String>();
    lines.add(start.directory().toString());
    var limits = start.limits();
    lines.add(text(limits.memory().map(ByteSize::bytes).map(bytes -> bytes / 1024)));
    lines.add(text(limits.openFiles()));
    lines.add(text(limits.cpuSeconds()));
    lines.add(text(limits.hardCpuSeconds()));
    for (var variable : start.variables().entrySet()) {
      if (!isName(variable.getKey())) {
        return Optional.empty();
      }
      lines.add(variable.getKey() + "=" + variable.getValue());
    }
    lines.add("");
    start.line().forEach(word -> lines.add(":" + word));
    lines.add(".");
    if (lines.stream().anyMatch(line -> line.indexOf('\n') >= 0 || line.indexOf('\0') >= 0)) {
      return Optional.empty();
    }
    // As Java writes the words of a process that it starts itself.
    byte[] bytes = (String.join("\n", lines) + "\n").getBytes(Charset.defaultCharset());
    return Optional.of(bytes).filter(it -> it.length <= MOST_BYTES);
  }

  private static String text(Optional<Long> limit) {
    return limit.map(String::valueOf).orElse("");
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
