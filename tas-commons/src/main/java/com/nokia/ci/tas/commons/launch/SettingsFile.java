package com.nokia.ci.tas.commons.launch;

import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.SettingsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file of {@code key=value} lines with {@code #} comments that a person edits, such as {@code
 * configuration.dat} (guide, "Installing and launching Test Automation Service").
 *
 * <p>A bad line is reported and ignored; the lines around it count. UTF-8, any line ends, a byte
 * order mark is skipped.
 */
public final class SettingsFile {
  private static final long LARGEST = 1 << 20;

  private final Path path;

  private SettingsFile(Path path) {
    this.path = path;
  }

  public static SettingsFile at(Path path) {
    return new SettingsFile(path);
  }

  /** Says what is wrong with the value of a key, or that the key is not known. */
  @FunctionalInterface
  public interface Check {
    /** Empty when the setting is good, else a sentence such as {@code is not a whole number}. */
    Optional<String> complaint(String key, String value);
  }

  /**
   * A line that is ignored.
   *
   * @param number of the line in the file, from 1
   * @param key as written, empty when the line has none
   * @param value as written, empty when the line has none
   * @param sentence names file, line, key and value, and what is wrong
   */
  public record BadLine(int number, String key, String value, String sentence) {
    @Override
    public String toString() {
      return sentence;
    }
  }

  /**
   * What a file says.
   *
   * @param values good values by key, in the order of the file; of a key given twice the last good
   *     one
   * @param badLines what is ignored, in the order of the file
   */
  public record Content(Map<String, String> values, List<BadLine> badLines) {
    public Content {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
      badLines = List.copyOf(badLines);
    }
  }

  public Path path() {
    return path;
  }

  /**
   * Reads the file; empty when there is none.
   *
   * @throws SettingsException when it is there and cannot be read
   */
  public Optional<Content> read(Check check) {
    try {
      long size = Files.size(path);
      if (size > LARGEST) {
        throw new SettingsException(
            "%s has %d bytes; a settings file has no more than %d".formatted(path, size, LARGEST));
      }
      return Optional.of(
          parse(new String(Files.readAllBytes(path), StandardCharsets.UTF_8), check));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new SettingsException("%s cannot be read: %s".formatted(path, e), e);
    }
  }

  /**
   * Writes the file if there is none; an existing one is never touched.
   *
   * @return whether it was written
   * @throws SettingsException when it is needed and cannot be written
   */
  public boolean createIfMissing(SettingsText text) {
    if (Files.exists(path)) {
      return false;
    }
    Path temporary = path.resolveSibling(path.getFileName() + ".new");
    try {
      Files.writeString(temporary, text.toString());
      Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (IOException e) {
      throw new SettingsException(
          "%s cannot be written: %s; start the program in a directory it may write to"
              .formatted(path, e),
          e);
    }
  }

  Content parse(String text, Check check) {
    var values = new LinkedHashMap<String, String>();
    var givenAt = new LinkedHashMap<String, Integer>();
    var badLines = new ArrayList<BadLine>();
    var lines = (text.startsWith("\uFEFF") ? text.substring(1) : text).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      int number = i + 1;
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      int equals = line.indexOf('=');
      if (equals <= 0) {
        badLines.add(bad(number, "", "", "\"" + shown(line) + "\" is not of the form key=value"));
        continue;
      }
      String key = line.substring(0, equals).strip();
      String value = line.substring(equals + 1).strip();
      Optional<String> complaint = check.complaint(key, value);
      if (complaint.isPresent()) {
        badLines.add(
            bad(
                number,
                key,
                value,
                "%s=%s %s".formatted(shown(key), shown(value), complaint.get())));
        continue;
      }
      Integer former = givenAt.put(key, number);
      String formerValue = values.put(key, value);
      if (former != null) {
        badLines.add(
            bad(former, key, formerValue, "%s is set again in line %d".formatted(key, number)));
      }
    }
    return new Content(values, badLines);
  }

  private BadLine bad(int number, String key, String value, String problem) {
    return new BadLine(
        number,
        key,
        value,
        "%s line %d: %s; the line is ignored".formatted(path.getFileName(), number, problem));
  }

  private static String shown(String text) {
    return SafeName.shown(text);
  }
}
