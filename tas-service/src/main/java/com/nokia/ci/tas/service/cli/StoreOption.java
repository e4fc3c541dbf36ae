package com.nokia.ci.tas.service.cli;

import com.nokia.ci.tas.service.access.AuditEntry;
import com.nokia.ci.tas.service.access.keys.FarmKeys;
import com.nokia.ci.tas.service.audit.AuditFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** Whose keys: the directory and the port of a service. */
final class StoreOption {
  private static final Logger LOG = LoggerFactory.getLogger(StoreOption.class);

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The port of the service (default: ${DEFAULT-VALUE}).")
  private int port = 31_415;

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      description = "The directory that the service runs in (default: the current one).")
  private Path directory = Path.of("");

  int port() {
    return port;
  }

  Path directory() {
    return directory;
  }

  Path store() {
    return directory.resolve("store").resolve(String.valueOf(port));
  }

  /** Writes into the audit log of the service what was done. */
  void audit(String deed, String on) {
    var entry =
        new AuditEntry(
            Instant.now(),
            System.getProperty("user.name"),
            AuditEntry.COMMAND_LINE,
            deed,
            on,
            AuditEntry.DONE);
    try {
      new AuditFiles(directory.resolve("logs")).append(entry);
    } catch (IOException e) {
      LOG.atWarn().log("{} is done and missing in the audit log: {}", deed, e.toString());
    }
  }

  FarmKeys keys() {
    return FarmKeys.in(store(), InstantSource.system());
  }
}
