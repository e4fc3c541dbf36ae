package com.nokia.ci.tas.communicator.artifact;

import com.nokia.ci.tas.commons.model.ContentDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What large artifacts were called, so that a client that offers one of that name is told that it
 * may be here already. A hint: it may be lost or wrong. For any thread.
 */
final class ContentNames {
  /** Of the file, in the directory of the cache. */
  static final String FILE = ".names";

  private static final Logger LOG = LoggerFactory.getLogger(ContentNames.class);
  private static final int MOST = 10_000;
  private static final int DIGEST = 64;

  private final Path file;
  private final Map<String, ContentDigest> names = new LinkedHashMap<>();

  private ContentNames(Path file) {
    this.file = file;
  }

  /**
   * What an earlier life of the node knew.
   *
   * @param isHere whether a file is in the cache
   */
  static ContentNames in(Path directory, Predicate<ContentDigest> isHere) {
    var names = new ContentNames(directory.resolve(FILE));
    try {
      names.read(isHere);
      names.rewrite();
    } catch (IOException | IllegalArgumentException e) {
      LOG.atWarn().addKeyValue("file", names.file).setCause(e).log("names of artifacts forgotten");
    }
    return names;
  }

  /** What a file of this name was when one came last. */
  synchronized Optional<ContentDigest> get(String name) {
    return Optional.ofNullable(names.get(name));
  }

  /**
   * A file came under this name.
   *
   * @param name without control characters
   */
  synchronized void put(String name, ContentDigest digest) {
    if (digest.equals(names.put(name, digest))) {
      return;
    }
    try {
      if (names.size() > MOST) {
        names.remove(names.keySet().iterator().next());
        rewrite();
      } else {
        Files.writeString(
            file,
            line(name, digest),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.APPEND);
      }
    } catch (IOException e) {
      LOG.atDebug().addKeyValue("file", file).setCause(e).log("name of an artifact not kept");
    }
  }

  private void read(Predicate<ContentDigest> isHere) throws IOException {
    if (!Files.isRegularFile(file)) {
      return;
    }
    for (String line : Files.readAllLines(file)) {
      if (line.length() > DIGEST + 1) {
        ContentDigest.parse(line.substring(0, DIGEST))
            .filter(isHere)
            .ifPresent(digest -> names.put(line.substring(DIGEST + 1), digest));
      }
    }
  }

  private void rewrite() throws IOException {
    Path part = file.resolveSibling(FILE + ".part");
    List<String> lines =
        names.entrySet().stream().map(it -> line(it.getKey(), it.getValue())).toList();
    Files.writeString(part, String.join("", lines));
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String line(String name, ContentDigest digest) {
    return digest + " " + name + "\n";
  }
}
