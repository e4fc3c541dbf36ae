package com.nokia.ci.tas.commons.launch;

import com.nokia.ci.tas.commons.model.NearestName;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.SettingsException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a program understands on its command line: {@code Name=value} and {@code --flags}, and the
 * help about them (guide, "Installing and launching"). Names are matched whole and exactly; flags
 * in any case, as before.
 *
 * <p>Build once, then share; not to be changed after {@link #parse}.
 */
public final class Arguments {
  private static final Set<String> HELP = Set.of("--help", "-help", "-h", "-?", "/?", "help");
  private static final Set<String> VERSION = Set.of("--version", "-version");

  private final String program;
  private final String purpose;
  private final Map<String, Option> options = new LinkedHashMap<>();
  private final List<String> examples = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();

  private Arguments(String program, String purpose) {
    this.program = program;
    this.purpose = purpose;
  }

  /**
   * Starts the description of a program.
   *
   * @param program its jar, as it is typed: {@code TestAutomationService.jar}
   * @param purpose one sentence: what it is for
   */
  public static Arguments of(String program, String purpose) {
    return new Arguments(program, purpose);
  }

  /** Adds options; the help lists them in the order added. */
  public Arguments with(Option... more) {
    for (var option : more) {
      if (options.putIfAbsent(option.name(), option) != null) {
        throw new IllegalArgumentException("option " + option.name() + " is declared twice");
      }
    }
    return this;
  }

  /** Adds an example for the help: the arguments only, without the program. */
  public Arguments example(String arguments) {
    examples.add(arguments);
    return this;
  }

  /** Adds a sentence for the end of the help. */
  public Arguments remark(String sentence) {
    remarks.add(sentence);
    return this;
  }

  /**
   * Reads a command line. When help or the version is asked for, nothing else is looked at.
   *
   * @throws SettingsException with a sentence that names the argument, its value and the remedy
   */
  public ParsedArguments parse(String... args) {
    for (var arg : args) {
      String word = arg.toLowerCase(Locale.ROOT);
      if (HELP.contains(word)) {
        return new ParsedArguments(this, ParsedArguments.Wish.HELP, Map.of());
      }
      if (VERSION.contains(word)) {
        return new ParsedArguments(this, ParsedArguments.Wish.VERSION, Map.of());
      }
    }
    var given = new LinkedHashMap<String, String>();
    for (var arg : args) {
      read(arg, given);
    }
    return new ParsedArguments(this, ParsedArguments.Wish.RUN, given);
  }

  /** The help, with a final line feed. */
  public String help() {
    var text = new StringBuilder();
    text.append(purpose).append("\n\n");
    text.append("Usage: java -jar ").append(program).append(" [argument] …\n\n");
    for (var option : options.values()) {
      text.append("  ").append(option.usage()).append('\n');
      text.append("      ").append(option.help()).append('\n');
    }
    text.append("  --help\n      Prints this text and ends.\n");
    text.append("  --version\n      Prints the version and ends.\n");
    if (!examples.isEmpty()) {
      text.append("\nFor example:\n");
      examples.forEach(
          it -> text.append("  java -jar ").append(program).append(' ').append(it).append('\n'));
    }
    if (!remarks.isEmpty()) {
      text.append('\n');
      remarks.forEach(it -> text.append(it).append('\n'));
    }
    return text.toString();
  }

  /** The jar this describes, as it is typed. */
  public String program() {
    return program;
  }

  /** The names of all options, in the order added. */
  public Collection<String> names() {
    return List.copyOf(options.keySet());
  }

  Option option(String name) {
    Option option = options.get(name);
    if (option == null) {
      throw new IllegalArgumentException(program + " declares no option " + name);
    }
    return option;
  }

  private void read(String arg, Map<String, String> given) {
    int equals = arg.indexOf('=');
    String name = equals < 0 ? arg : arg.substring(0, equals);
    Option option =
        find(name)
            .orElseThrow(
                () ->
                    new SettingsException(
                        "argument \"" + SafeName.shown(name) + "\" is not known" + remedy(name)));
    String value = equals < 0 ? "" : arg.substring(equals + 1);
    switch (option.kind()) {
      case FLAG -> flag(option, equals >= 0, value, given);
      case VALUE -> value(option, equals >= 0, value, given);
    }
  }

  private void flag(Option option, boolean hasValue, String value, Map<String, String> given) {
    if (hasValue) {
      throw new SettingsException(
          "argument %s takes no value, \"%s\" was given; write %s alone"
              .formatted(option.name(), SafeName.shown(value), option.name()));
    }
    given.put(option.name(), "");
  }

  private void value(Option option, boolean hasValue, String value, Map<String, String> given) {
    if (!hasValue || (value.isBlank() && !option.mayBeEmpty())) {
      throw new SettingsException(
          "argument %s has no value; write %s or leave it out"
              .formatted(option.name(), option.usage()));
    }
    String former = given.put(option.name(), value);
    if (former != null && !former.equals(value)) {
      throw new SettingsException(
          "argument %s is given twice, as \"%s\" and as \"%s\"; leave one out"
              .formatted(option.name(), SafeName.shown(former), SafeName.shown(value)));
    }
  }

  private Optional<Option> find(String name) {
    if (!name.startsWith("-")) {
      return Optional.ofNullable(options.get(name));
    }
    return options.values().stream().filter(it -> it.name().equalsIgnoreCase(name)).findFirst();
  }

  private String remedy(String name) {
    var known = new ArrayList<>(options.keySet());
    known.add("--help");
    known.add("--version");
    return NearestName.of(name, known)
        .map(nearest -> "; did you mean " + nearest + "?")
        .orElse("; java -jar " + program + " --help lists what is");
  }
}
