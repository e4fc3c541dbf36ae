package com.nokia.ci.tas.service.access.store;

import com.nokia.ci.tas.commons.model.KeyId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When each key was used last, for people who wonder whether it can go: {@code keys-used} in the
 * store, lines {@code KEY=TIME}. Written by the service alone; nothing is decided by it, so what
 * cannot be read is left out.
 */
public final class LastUse {
  private static final Logger LOG = LoggerFactory.getLogger(LastUse.class);

  private final Path file;

  private LastUse(Path file) {
    this.file = file;
  }

  public static LastUse in(Path store) {
    return new LastUse(store.resolve("keys-used"));
  }

  /** All that is known. */
  public Map<KeyId, Instant> read() {
    var used = new TreeMap<KeyId, Instant>();
    try {
      for (String line : Files.readString(file, StandardCharsets.UTF_8).lines().toList()) {
        int equals = line.indexOf('=');
        if (equals > 0) {
          used.put(new KeyId(line.substring(0, equals)), Instant.parse(line.substring(equals + 1)));
        }
      }
    } catch (NoSuchFileException e) {
      LOG.atDebug().addKeyValue("file", file).log("no key was used yet");
    } catch (IOException | DateTimeParseException e) {
      LOG.atWarn()
          .addKeyValue("file", file)
          .addKeyValue("error", e.toString())
          .log("when keys were used cannot be read");
    }
    return used;
  }

  /** Replaces what is written. */
  public void write(Map<KeyId, Instant> used) {
    var text = new StringBuilder();
    used.forEach((key, time) -> text.append(key).append('=').append(time).append('\n'));
    try {
      PrivateFile.replace(file, text.toString());
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("file", file)
          .addKeyValue("error", e.toString())
          .log("when keys were used cannot be written");
    }
  }
}
