package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.commons.Constant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A command as a page for man(1): what its help tells, in the macros of man(7). */
final class ManualPage {
  private final StringBuilder page = new StringBuilder();

  private ManualPage() {}

  /** The whole page. */
  static String of(CommandSpec command) {
    var manual = new ManualPage();
    manual.head(command);
    manual.options(command);
    manual.commands(command);
    manual.footer(command);
    return manual.page.toString();
  }

  private void head(CommandSpec command) {
    String name = command.qualifiedName("-");
    macro(
        "TH "
            + name.toUpperCase(Locale.ROOT)
            + " 1 \"\" \"Test Automation Service "
            + Constant.TEST_AUTOMATION_RELEASE_VERSION
            + "\"");
    macro("SH NAME");
    String[] description = command.usageMessage().description();
    text(name + " - " + (description.length == 0 ? "" : firstSentence(description)));
    macro("SH SYNOPSIS");
    macro("B " + escaped(command.qualifiedName()));
    text(
        (command.subcommands().isEmpty() ? "" : "COMMAND ")
            + "[OPTION ...]"
            + command.positionalParameters().stream()
                .map(PositionalParamSpec::paramLabel)
                .map(it -> " " + it)
                .collect(Collectors.joining()));
    macro("SH DESCRIPTION");
    text(String.join(" ", description));
  }

  private static String firstSentence(String... description) {
    String whole = String.join(" ", description);
    int end = whole.indexOf(". ");
    String sentence = end < 0 ? whole : whole.substring(0, end);
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }

  private void options(CommandSpec command) {
    macro("SH OPTIONS");
    command.options().stream()
        .filter(it -> !it.hidden())
        .sorted(Comparator.comparing(OptionSpec::longestName))
        .forEach(
            option -> {
              macro("TP");
              String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
              macro("B " + escaped(String.join(", ", option.names()) + label));
              text(String.join(" ", option.description()));
            });
  }

  private void commands(CommandSpec command) {
    if (command.subcommands().isEmpty()) {
      return;
    }
    macro("SH COMMANDS");
    command
        .subcommands()
        .forEach(
            (name, line) -> {
              macro("TP");
              macro("B " + escaped(name));
              text(firstSentence(line.getCommandSpec().usageMessage().description()));
            });
  }

  /** The examples stay as they are. */
  private void footer(CommandSpec command) {
    macro("SH EXAMPLES AND EXIT CODES");
    macro("nf");
    Arrays.stream(command.usageMessage().footer()).forEach(this::text);
    macro("fi");
  }

  private void macro(String line) {
    page.append('.').append(line).append('\n');
  }

  /** A line that begins with a dot or a quote would be a macro. */
  private void text(String text) {
    page.append("\\&").append(escaped(text)).append('\n');
  }

  private static String escaped(String text) {
    return text.replace("%%", "%").replace("\\", "\\e").replace("-", "\\-");
  }
}
