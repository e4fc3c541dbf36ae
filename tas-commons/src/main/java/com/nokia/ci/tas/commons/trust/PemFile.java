package com.nokia.ci.tas.commons.trust;

import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.SettingsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of keys and certificates; each complaint names the file, the line and what to do.
 *
 * @param path where it is
 * @param kind what sentences call it, such as {@code key file}
 * @param remedy what to do when it cannot be used, as an order
 */
record PemFile(Path path, String kind, String remedy) {
  private static final Logger LOG = LoggerFactory.getLogger(PemFile.class);
  private static final int LARGEST = 1 << 20;
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  /** Makes something of what a file holds. */
  @FunctionalInterface
  interface Reader<T> {
    T read(Pem.Text text) throws Pem.BadLine;
  }

  static Path path(String name) {
    try {
      return Path.of(name.strip());
    } catch (InvalidPathException e) {
      throw new SettingsException(
          "key file %s: this is no name of a file".formatted(SafeName.shown(name)), e);
    }
  }

  <T> T read(Reader<T> reader) {
    String text = text();
    warnOfOthers();
    return parse(text, reader);
  }

  <T> T parse(String text, Reader<T> reader) {
    String shown = text.startsWith("\uFEFF") ? text.substring(1) : text;
    try {
      return reader.read(Pem.read(shown.lines().toList()));
    } catch (Pem.BadLine e) {
      throw new SettingsException(
          "%s %s: line %d: %s; %s".formatted(kind, path, e.line(), e.getMessage(), remedy), e);
    }
  }

  private String text() {
    try {
      long size = Files.size(path);
      if (size > LARGEST) {
        throw bad("it has " + size + " bytes, such a file has a few thousand");
      }
      return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new SettingsException(
          "%s %s is not there; correct the name, or %s".formatted(kind, path, remedy), e);
    } catch (AccessDeniedException e) {
      throw new SettingsException(
          "%s %s may not be read by this user; make the user its owner with: chown"
              .formatted(kind, path),
          e);
    } catch (IOException e) {
      throw new SettingsException(
          "%s %s cannot be read: %s; make it a file that this user can read"
              .formatted(kind, path, e.getMessage()),
          e);
    }
  }

  /** A complaint about the file as a whole. */
  SettingsException bad(String what) {
    return new SettingsException("%s %s: %s; %s".formatted(kind, path, what, remedy));
  }

  private void warnOfOthers() {
    try {
      var permissions = Files.getPosixFilePermissions(path);
      if (permissions.stream().anyMatch(OTHERS::contains)) {
        LOG.atWarn()
            .addKeyValue("file", path)
            .log("others on this machine can use the {}; forbid it with: chmod 600 {}", kind, path);
      }
    } catch (UnsupportedOperationException | IOException e) {
      LOG.atDebug().addKeyValue("file", path).setCause(e).log("rights of the file are not known");
    }
  }
}
