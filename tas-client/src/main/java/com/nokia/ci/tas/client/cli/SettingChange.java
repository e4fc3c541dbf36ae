package com.nokia.ci.tas.client.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.nokia.ci.tas.commons.model.NearestName;
import com.nokia.ci.tas.commons.model.SafeName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Changes one setting of a service as a person does: in {@code configuration.dat}, of which all
 * else stays as it is, and looks whether the service has taken it. A value that the service cannot
 * use is taken back.
 */
final class SettingChange {
  /** The service looks at its file each second or two, and tells nobody when it has. */
  private static final long PERIOD_IN_MILLISECONDS = 200;

  private static final long PATIENCE_IN_SECONDS = 15;

  private final ServicePages pages;
  private final Path file;

  /**
   * A change that is still to be made.
   *
   * @param file {@code configuration.dat} of that service
   */
  SettingChange(ServicePages pages, Path file) {
    this.pages = pages;
    this.file = file;
  }

  /**
   * Makes it.
   *
   * @return the value that was in force before
   * @throws CommandRefusal when there is no such setting, the file cannot be changed, or the
   *     service does not take the value
   */
  String make(String key, String value) throws InterruptedException {
    JsonNode before = setting(pages.settings(), key);
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new CommandRefusal(ExitCode.WRONG_USAGE, "the value of " + key + " is not one line");
    }
    try {
      Path real = file.toRealPath();
      String former = Files.readString(real, StandardCharsets.UTF_8);
      write(real, edited(former, key, value));
      Optional<String> complaint = complaint(key, value.strip());
      if (complaint.isPresent()) {
        write(real, former);
        throw new CommandRefusal(
            ExitCode.WRONG_USAGE, complaint.get() + "; " + file + " is as it was");
      }
    } catch (IOException e) {
      throw new CommandRefusal(ExitCode.REFUSED, file + " cannot be changed: " + e);
    }
    return before.path("value").asText();
  }

  private static JsonNode setting(JsonNode answer, String key) {
    var keys = new ArrayList<String>();
    for (JsonNode setting : answer.path("settings")) {
      if (setting.path("key").asText().equals(key)) {
        return setting;
      }
      keys.add(setting.path("key").asText());
    }
    throw new CommandRefusal(
        ExitCode.WRONG_USAGE,
        "the service has no setting \""
            + SafeName.shown(key)
            + "\""
            + NearestName.suggestion(key, keys));
  }

  /** The text with the last line of that key replaced, or with one more line. */
  static String edited(String text, String key, String value) {
    String end = text.contains("\r\n") ? "\r\n" : "\n";
    List<String> lines = new ArrayList<>(List.of(text.split("(?<=\n)", -1)));
    String line = key + "=" + value.strip() + end;
    for (int i = lines.size() - 1; i >= 0; i--) {
      int equals = lines.get(i).indexOf('=');
      if (equals > 0 && lines.get(i).substring(0, equals).strip().equals(key)) {
        lines.set(i, line);
        return String.join("", lines);
      }
    }
    return text + (text.isEmpty() || text.endsWith("\n") ? "" : end) + line;
  }

  /** Whole or not at all, for the same owner and readers as before. */
  private static void write(Path real, String text) throws IOException {
    Path part = real.resolveSibling(real.getFileName() + ".part");
    try {
      Files.copy(
          real, part, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
      Files.writeString(part, text, StandardCharsets.UTF_8);
      Files.move(part, real, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Why the service does not take it; empty when it is in force. */
  private Optional<String> complaint(String key, String value) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_IN_SECONDS);
    while (true) {
      JsonNode answer = pages.settings();
      for (JsonNode line : answer.path("complaints")) {
        if (line.asText().contains(key)) {
          return Optional.of(line.asText());
        }
      }
      String now = setting(answer, key).path("value").asText();
      boolean isHidden = now.contains("…"); // it has a password in it
      if (now.equals(value) || isHidden) {
        return Optional.empty();
      }
      if (System.nanoTime() > end) {
        return Optional.of(
            key
                + " is still "
                + now
                + "; an argument that the service was started with beats the file");
      }
      TimeUnit.MILLISECONDS.sleep(PERIOD_IN_MILLISECONDS);
    }
  }
}
