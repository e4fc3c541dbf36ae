package com.nokia.ci.tas.communicator.product;

import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.SafeName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
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
  private static final int LARGEST = 1 << 20;
  private static final String EXAMPLE = "IMEI.xml";

  private final Path directory;
  private final Flush flush;

  /** Makes sure that what was written is on the disk, which takes its time. */
  @FunctionalInterface
  interface Flush {
    void flush(FileChannel written) throws IOException;
  }

  ProductDirectory(Path directory) {
    this(directory, written -> written.force(true));
  }

  ProductDirectory(Path directory, Flush flush) {
    this.directory = directory.toAbsolutePath().normalize();
    this.flush = flush;
  }

  /**
   * What tells one state of a file from another without reading it.
   *
   * @param size in bytes
   * @param time of the last change
   * @param identity what the file system calls the file, new after an editor replaced it
   */
  record Stamp(long size, FileTime time, Optional<Object> identity) {}

  /** Makes the directory and the example in it, if they are missing. */
  void create() throws IOException {
    Files.createDirectories(directory);
    Path example = directory.resolve(EXAMPLE);
    if (!Files.exists(example, LinkOption.NOFOLLOW_LINKS)) {
      writeNew(example, ProductTemplate.textFor(ProductTemplate.EXAMPLE));
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
              Optional.ofNullable(attributes.fileKey())));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * The text of the file of a product; empty when there is none.
   *
   * @throws BrokenFileException when it is no file, no UTF-8 or unreasonably large
   */
  Optional<String> read(String imei) throws IOException {
    Path file = file(imei);
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        throw new BrokenFileException("it is no file; put one in its place");
      }
      if (attributes.size() > LARGEST) {
        throw new BrokenFileException(
            "it has " + attributes.size() + " bytes, more than " + LARGEST);
      }
      try (var input = Files.newInputStream(file)) {
        return Optional.of(decoded(input.readNBytes(LARGEST + 1)));
      }
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static String decoded(byte[] bytes) {
    var in = ByteBuffer.wrap(bytes);
    var out = CharBuffer.allocate(bytes.length);
    var result = StandardCharsets.UTF_8.newDecoder().decode(in, out, /* endOfInput= */ true);
    String text = out.flip().toString();
    if (result.isError()) {
      int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
      int column = text.length() - text.lastIndexOf('\n');
      throw new BrokenFileException(
          line, column, "this is not written in UTF-8; save the file in that encoding");
    }
    return text;
  }

  /**
   * Writes the first text of the file of a product.
   *
   * @throws BrokenFileException when a link to nothing is in its place, which is left alone
   */
  void create(String imei, ProductDescription known) throws IOException {
    Path file = file(imei);
    if (Files.isSymbolicLink(file)) {
      throw new BrokenFileException("it is a link to a file that is not there");
    }
    writeNew(file, ProductTemplate.textFor(known));
  }

  /**
   * Replaces the text of a file, unless somebody has changed it since it was read.
   *
   * @param read the text that the new one was made from
   * @return false when the file is another by now and was left alone
   */
  boolean replace(String imei, String read, String text) throws IOException {
    // A link stays one: the file that it names is replaced.
    Path file = file(imei).toRealPath();
    var part = part(file, text);
    try {
      takeOverPermissions(file, part);
      // After all that takes time: an edit until now is seen.
      if (!read(imei).equals(Optional.of(read))) {
        return false;
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return true;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /**
   * A file beside another with all of a text, so that a move makes it appear whole or not at all.
   */
  private Path part(Path file, String text) throws IOException {
    Path part = file.resolveSibling("." + UUID.randomUUID() + ".part");
    try (var channel =
        FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      flush.flush(channel);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(part);
      throw e;
    }
    return part;
  }

  /** A file that somebody saves meanwhile is left alone. */
  private void writeNew(Path file, String text) throws IOException {
    var part = part(file, text);
    try {
      takeOverPermissions(file, part);
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      }
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
