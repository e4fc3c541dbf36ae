package com.nokia.ci.tas.ciproxy.sighting;

import com.nokia.ci.tas.commons.launch.FileWatch;
import com.nokia.ci.tas.commons.model.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The device models as a file says them, read again whenever it is edited. For any thread. */
final class DeviceModelsFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceModelsFile.class);
  private static final long LARGEST = 4 << 20;

  private final Path file;
  private final CopyOnWriteArrayList<FileWatch> watches = new CopyOnWriteArrayList<>();
  private volatile DeviceModels models;

  /**
   * Reads a file.
   *
   * @throws SettingsException when it cannot be read
   */
  DeviceModelsFile(Path file) {
    this.file = file;
    try {
      models = read();
    } catch (IOException e) {
      throw new SettingsException("DeviceModels=%s cannot be read: %s".formatted(file, e), e);
    }
  }

  /** Begins to watch the file. */
  void start(Runnable changed) {
    watches.add(FileWatch.start(file, () -> readAgain(changed)));
    readAgain(changed);
  }

  DeviceModels models() {
    return models;
  }

  private void readAgain(Runnable changed) {
    try {
      models = read();
      changed.run();
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("file", file)
          .addKeyValue("error", e.toString())
          .log("device models cannot be read, the former ones hold");
    }
  }

  private DeviceModels read() throws IOException {
    if (Files.size(file) > LARGEST) {
      throw new IOException("it is larger than " + LARGEST + " bytes");
    }
    var content = DeviceModels.parse(Files.readString(file));
    content.badLines().forEach(it -> LOG.atWarn().log("{} {}", file.getFileName(), it));
    return content.models();
  }

  @Override
  public void close() {
    watches.forEach(FileWatch::close);
  }
}
