package com.nokia.ci.tas.service.cli;

import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.service.access.AccessKey;
import com.nokia.ci.tas.service.access.keys.FarmKeys;
import com.nokia.ci.tas.service.access.keys.KeyOrder;
import com.nokia.ci.tas.service.access.store.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** How long a new key is good, and where its file goes. */
final class KeyFileOption {
  @Option(
      names = "--expires",
      paramLabel = "TIME",
      converter = Lifetime.class,
      description = "How long the key is good: days, hours or minutes (default: 365d).")
  private Duration life = KeyOrder.USUAL_LIFE;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Where to write the key file (default: named after the key, in the"
              + " directory of the service).")
  private Optional<Path> out = Optional.empty();

  Duration life() {
    return life;
  }

  /**
   * Makes a key and writes its file.
   *
   * @param store whose key it is; a file that was given no name goes to its directory
   * @throws SettingsException when a file of that name is there; no key is made then
   */
  Path write(StoreOption store, Supplier<FarmKeys.Made> maker) {
    if (out.isPresent()) {
      refuseToReplace(out.get());
    }
    FarmKeys.Made made = maker.get();
    store.audit("make key", "key " + made.key().id() + " (" + made.key().shown() + ")");
    Path file = out.orElseGet(() -> store.directory().resolve(usualName(made.key())));
    try {
      PrivateFile.create(file, made.file());
      return file;
    } catch (IOException e) {
      throw new SettingsException(
          "%s cannot be written: %s; key %s is in force and its file is lost: revoke it with: tas keys revoke %s"
              .formatted(file, e, made.key().id(), made.key().id()),
          e);
    }
  }

  private static void refuseToReplace(Path file) {
    if (Files.exists(file)) {
      throw new SettingsException(
          "%s is there already; move it away or choose another name with --out".formatted(file));
    }
    if (!Files.isDirectory(file.toAbsolutePath().getParent())) {
      throw new SettingsException(
          "%s is in a directory that is not there; make it first".formatted(file));
    }
  }

  private static String usualName(AccessKey key) {
    return "farm-%s-%s.key".formatted(key.kind().text(), key.id());
  }
}
