package com.nokia.ci.tas.ciproxy.detector.json;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A program and its arguments as they stand in one text, without a shell. */
final class CommandLine {
  private static final Pattern WORD = Pattern.compile("(?:\"[^\"]*\"|[^\\s\"])+");

  private CommandLine() {}

  /** The text whole, if there is such a program, else split at blanks outside double quotes. */
  static List<String> split(String text) {
    String command = text.strip();
    return Files.isExecutable(Path.of(command)) && Files.isRegularFile(Path.of(command))
        ? List.of(command)
        : WORD.matcher(command).results().map(it -> it.group().replace("\"", "")).toList();
  }
}
