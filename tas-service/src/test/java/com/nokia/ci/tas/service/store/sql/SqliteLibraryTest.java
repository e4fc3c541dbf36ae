package com.nokia.ci.tas.service.store.sql;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SqliteLibraryTest {
  @TempDir Path directory;

  @Test
  void itIsUnpackedOnceAndAgainWhenItIsNotWhole() throws IOException {
    Path place = directory.resolve("store/native");
    Path library = SqliteLibrary.unpacked(place);
    byte[] whole = Files.readAllBytes(library);
    assertTrue(whole.length > 100_000, "it is a library");
    var made = Files.readAttributes(library, "fileKey,size").get("fileKey");

    assertEquals(library, SqliteLibrary.unpacked(place));
    assertEquals(made, Files.readAttributes(library, "fileKey,size").get("fileKey"));
    Files.write(library, new byte[10]);
    SqliteLibrary.unpacked(place);

    assertArrayEquals(whole, Files.readAllBytes(library));
    assertEquals(List.of(library.getFileName().toString()), List.of(place.toFile().list()));
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no such permissions")
  void nothingIsTakenFromADirectoryThatOthersMayWriteTo() throws IOException {
    Path open = Files.createDirectory(directory.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThrows(IOException.class, () -> SqliteLibrary.unpacked(open));
  }
}
