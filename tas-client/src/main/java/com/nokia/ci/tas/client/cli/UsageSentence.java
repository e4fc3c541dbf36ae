package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.commons.model.NearestName;
import com.nokia.ci.tas.commons.model.SafeName;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, in words for who typed it: the thing, its value, a remedy. */
final class UsageSentence {
  /** Names the option first, and then what is wrong. */
  private static final Pattern BAD_VALUE =
      Pattern.compile(
          "(?:Invalid value|Value) for [^']*'([^']+)'(?: \\([^)]*\\))?:? (.*)", Pattern.DOTALL);

  private static final Pattern NO_PAIR =
      Pattern.compile("should be in KEY=VALUE format but was (.*)", Pattern.DOTALL);
  private static final Pattern NO_NUMBER =
      Pattern.compile("'(.*)' is not an? (?:int|long)", Pattern.DOTALL);

  private UsageSentence() {}

  static String of(ParameterException failure) {
    CommandSpec command = failure.getCommandLine().getCommandSpec();
    if (failure instanceof UnmatchedArgumentException unmatched) {
      return unmatched(command, unmatched.getUnmatched());
    }
    if (failure instanceof MissingParameterException missing) {
      return "this is missing: "
          + missing.getMissing().stream()
              .map(UsageSentence::name)
              .collect(Collectors.joining(", "));
    }
    String text = String.valueOf(failure.getMessage());
    Matcher bad = BAD_VALUE.matcher(text);
    return bad.matches() ? bad.group(1) + ": " + wrong(bad.group(2)) : text;
  }

  /** The parser speaks of Java's types. */
  private static String wrong(String text) {
    Matcher noPair = NO_PAIR.matcher(text);
    if (noPair.matches()) {
      return "\"" + SafeName.shown(noPair.group(1)) + "\" is not NAME=VALUE";
    }
    Matcher noNumber = NO_NUMBER.matcher(text);
    return noNumber.matches()
        ? "\"" + SafeName.shown(noNumber.group(1)) + "\" is no whole number"
        : text;
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? option.longestName() + " " + option.paramLabel()
        : argument.paramLabel();
  }

  private static String unmatched(CommandSpec command, List<String> arguments) {
    String first = arguments.get(0);
    var known = new TreeSet<String>();
    if (first.startsWith("-")) {
      String option = first.split("=", 2)[0];
      command.options().forEach(it -> known.add(it.longestName()));
      return command.qualifiedName()
          + " has no option "
          + SafeName.shown(option)
          + NearestName.suggestion(option, known);
    }
    known.addAll(command.subcommands().keySet());
    return known.isEmpty()
        ? command.qualifiedName() + " does not take \"" + SafeName.shown(first) + "\"; leave it out"
        : "there is no command "
            + command.qualifiedName()
            + " "
            + SafeName.shown(first)
            + NearestName.suggestion(first, known);
  }
}
