package com.nokia.ci.tas.service.farm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rule of the farm that is broken on purpose, by a change of one place in its source.
 *
 * @param name what is broken, in words
 * @param file of the package, with its ending
 * @param text what stands there; how it is broken into lines does not matter
 * @param replacement what stands there instead
 */
record Mutant(String name, String file, String text, String replacement) {
  private static final String NAME = "== ";
  private static final String FILE = "in ";
  private static final String TEXT = "- ";
  private static final String REPLACEMENT = "+ ";

  /**
   * Reads a table: for each mutant a line {@code == name}, a line {@code in file}, lines of text
   * behind {@code -} and of the replacement behind {@code +}. Other lines are remarks.
   *
   * @throws IllegalArgumentException when there are two of a name, or one of them lacks something
   */
  static List<Mutant> read(List<String> lines) {
    var mutants = new ArrayList<Mutant>();
    for (var line : lines) {
      if (line.startsWith(NAME)) {
        mutants.add(new Mutant(line.substring(NAME.length()), "", "", ""));
      } else if (!mutants.isEmpty()) {
        mutants.add(mutants.remove(mutants.size() - 1).with(line));
      }
    }
    for (var mutant : mutants) {
      if (mutant.file.isEmpty() || mutant.text.isBlank()) {
        throw new IllegalArgumentException(
            "mutant \"" + mutant.name + "\" names no file, or no text in it");
      }
      if (mutants.stream().filter(other -> other.name.equals(mutant.name)).count() > 1) {
        throw new IllegalArgumentException("there are two mutants \"" + mutant.name + "\"");
      }
    }
    return List.copyOf(mutants);
  }

  private Mutant with(String line) {
    if (line.startsWith(FILE)) {
      return new Mutant(name, line.substring(FILE.length()), text, replacement);
    }
    if (line.startsWith(TEXT)) {
      return new Mutant(name, file, text + line.substring(TEXT.length()) + "\n", replacement);
    }
    return line.startsWith(REPLACEMENT)
        ? new Mutant(name, file, text, replacement + line.substring(REPLACEMENT.length()) + "\n")
        : this;
  }

  /**
   * The source with the rule broken.
   *
   * @param sources the directory of the package
   * @throws IllegalArgumentException when the text does not occur exactly once any more
   */
  String source(Path sources) throws IOException {
    String source = Files.readString(sources.resolve(file));
    var places = pattern().matcher(source).results().toList();
    if (places.size() != 1) {
      throw new IllegalArgumentException(
          "the text of mutant \""
              + name
              + "\" occurs "
              + places.size()
              + " times in "
              + file
              + " and not once; mend its row in the table");
    }
    return pattern().matcher(source).replaceFirst(Matcher.quoteReplacement(replacement));
  }

  /** The text, with white space of any kind wherever it has some. */
  private Pattern pattern() {
    var words = new ArrayList<String>();
    for (var word : text.strip().split("\\s+")) {
      words.add(Pattern.quote(word));
    }
    return Pattern.compile(String.join("\\s+", words));
  }
}
