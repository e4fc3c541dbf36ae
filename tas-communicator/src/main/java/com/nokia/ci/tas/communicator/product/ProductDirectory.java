package com.nokia.ci.tas.communicator.product;

import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.SafeName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.UUID;

/** The {@code products} directory: one file for each product that was ever connected. */
final class ProductDirectory {
  private static final long LARGEST = 1 << 20;
  private static final String EXAMPLE = "IMEI.xml";

  private final Path directory;

  ProductDirectory(Path directory) {
    this.directory = directory.toAbsolutePath().normalize();
  }

  /**
   * What tells one state of a file from another without reading it.
   *
   * @param size in bytes
   * @param time of the last change
   * @param identity what the file system calls the file, new after an editor replaced it
   */
  record Stamp(long size, FileTime time, String identity) {}

  /** Makes the directory and the example in it, if they are missing. */
  void create() throws IOException {
    Files.createDirectories(directory);
    Path example = directory.resolve(EXAMPLE);
    if (!Files.exists(example, LinkOption.NOFOLLOW_LINKS)) {
      write(example, ProductTemplate.textFor(ProductTemplate.EXAMPLE));
    }
  }

  /** The file of a product, whose IMEI has been checked. */
  Path file(String imei) {
    if (SafeName.complaint("IMEI", imei).isPresent()) {
      throw new IllegalArgumentException("IMEI " + SafeName.shown(imei) + " is not checked");
    }
    return directory.resolve(imei + ".xml");
  }

  /** How the file looks from outside; empty when there is none. */
  Optional<Stamp> stamp(String imei) throws IOException {
    try {
      var attributes = Files.readAttributes(file(imei), BasicFileAttributes.class);
      return Optional.of(
          new Stamp(
              attributes.size(),
              attributes.lastModifiedTime(),
              String.valueOf(attributes.fileKey())));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * The text of the file of a product; empty when there is none.
   *
   * @throws BrokenFileException when it is no UTF-8 or unreasonably large
   */
  Optional<String> read(String imei) throws IOException {
    Path file = file(imei);
    try {
      long size = Files.size(file);
      if (size > LARGEST) {
        throw new BrokenFileException("it has " + size + " bytes, more than " + LARGEST);
      }
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (CharacterCodingException e) {
      throw new BrokenFileException("it is not written in UTF-8; save it in that encoding");
    }
  }

  /** Writes the first text of the file of a product. */
  void create(String imei, ProductDescription known) throws IOException {
    write(file(imei), ProductTemplate.textFor(known));
  }

  /**
   * Replaces the text of a file, unless somebody has changed it since it was read.
   *
   * @param read the text that the new one was made from
   * @return false when the file is another by now and was left alone
   */
  boolean replace(String imei, String read, String text) throws IOException {
    Path file = file(imei);
    if (!read(imei).equals(Optional.of(read))) {
      return false;
    }
    // A link stays one: the file that it names is replaced.
    write(file.toRealPath(), text);
    return true;
  }

  /** All of it or nothing, also when the power fails. */
  private void write(Path file, String text) throws IOException {
    Path part = file.resolveSibling("." + UUID.randomUUID() + ".part");
    try {
      try (var channel =
          FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      takeOverPermissions(file, part);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** New files hold PIN codes: for their owner alone. Those of a maintainer stay as they are. */
  private static void takeOverPermissions(Path from, Path to) throws IOException {
    if (!to.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    Files.setPosixFilePermissions(
        to,
        Files.exists(from)
            ? Files.getPosixFilePermissions(from)
            : PosixFilePermissions.fromString("rw-r-----"));
  }
}
