package com.nokia.ci.tas.client.internal.file;

import com.nokia.ci.tas.commons.model.SettingsException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files that somebody wrote for this program, of no more than 1 MB. */
public final class TextFile {
  static final int LARGEST = 1 << 20;

  private TextFile() {}

  /**
   * What a file holds.
   *
   * @throws SettingsException with a sentence when it cannot be read or is too large
   */
  public static byte[] bytes(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new SettingsException(file + " is a directory; name a file in it");
      }
      if (Files.size(file) > LARGEST) {
        throw new SettingsException(
            file + " is larger than " + LARGEST + " bytes; is it the file that was meant?");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new SettingsException(
          file + " cannot be read: there is no such file" + (file.isAbsolute() ? "" : " here"), e);
    } catch (AccessDeniedException e) {
      throw new SettingsException(
          file + " cannot be read: this user may not; see to the rights of the file", e);
    } catch (IOException e) {
      throw new SettingsException(file + " cannot be read: " + e, e);
    }
  }
}
