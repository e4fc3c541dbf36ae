package com.nokia.ci.tas.service.audit;

import com.nokia.ci.tas.service.access.AuditEntry;
import com.nokia.ci.tas.service.access.store.PrivateFile;
import com.nokia.ci.tas.service.json.AuditJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * The files of the audit log, one a day. A service and command lines may append to them at once: an
 * entry is one write at the end. Their owner alone can read them.
 */
public final class AuditFiles {
  private static final String PREFIX = "audit-";
  private static final String SUFFIX = ".jsonl";

  private final Path directory;

  /**
   * Names the place.
   *
   * @param directory made when it is missing
   */
  public AuditFiles(Path directory) {
    this.directory = directory;
  }

  /** Appends an entry; it is with the system when this returns. */
  public void append(AuditEntry entry) throws IOException {
    PrivateFile.createDirectory(directory);
    Path file = directory.resolve(PREFIX + day(entry.at()) + SUFFIX);
    var line = (AuditJson.line(entry) + "\n").getBytes(StandardCharsets.UTF_8);
    try (var channel = PrivateFile.openToAppend(file)) {
      var rest = ByteBuffer.wrap(line);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    }
  }

  /** Removes the files of days before that of a moment. */
  void removeOlderThan(Instant moment) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    LocalDate oldest = day(moment);
    List<Path> all;
    try (var listing = Files.list(directory)) {
      all = listing.toList();
    }
    for (Path file : all) {
      if (dayOf(file.getFileName().toString()).filter(it -> it.isBefore(oldest)).isPresent()) {
        Files.delete(file);
      }
    }
  }

  private static Optional<LocalDate> dayOf(String name) {
    if (!name.startsWith(PREFIX) || !name.endsWith(SUFFIX)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          LocalDate.parse(name.substring(PREFIX.length(), name.length() - SUFFIX.length())));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static LocalDate day(Instant moment) {
    return LocalDate.ofInstant(moment, ZoneId.systemDefault());
  }
}
