package com.nokia.ci.tas.service.settings;

import com.nokia.ci.tas.commons.launch.FileWatch;
import com.nokia.ci.tas.commons.launch.SettingsFile;
import com.nokia.ci.tas.commons.model.SettingsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the settings in force in step with {@code configuration.dat} while the service runs (guide,
 * "You can adjust these settings as you need").
 *
 * <p>An edit is in force within two seconds. A line that cannot be used is logged once with its
 * number and counts as not written: the default is in force, as it is for a line that was removed.
 * An argument of the program beats the file for the life of the process. While the file is gone or
 * unreadable everything stays as it was. Safe for use by any thread.
 */
public final class LiveConfiguration implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveConfiguration.class);

  private final SettingsFile file;
  private final ConfigurationRules rules;
  private final Consumer<Configuration> listener;
  private volatile Configuration current;
  private volatile List<String> complaints = List.of();
  private FileWatch watch;

  private LiveConfiguration(
      SettingsFile file, ConfigurationRules rules, Consumer<Configuration> listener) {
    this.file = file;
    this.rules = rules;
    this.listener = listener;
    this.current = rules.apply(Map.of()).configuration();
  }

  /**
   * Writes the file where there is none, reads it and watches it from now on.
   *
   * @param path usually {@code configuration.dat} in the current directory
   * @param arguments keys of {@code configuration.dat} that were given on the command line
   * @param listener told of each change after this call, of values or of {@link #complaints}, on a
   *     thread of the watch
   * @throws SettingsException when an argument cannot be used, or the file cannot be written or
   *     read
   */
  public static LiveConfiguration open(
      Path path, Map<String, String> arguments, Consumer<Configuration> listener) {
    SettingsFile file = SettingsFile.at(path);
    if (file.createIfMissing(ConfigurationText.generated())) {
      LOG.atInfo().addKeyValue("file", path).log("settings file written with its defaults");
    }
    var live = new LiveConfiguration(file, ConfigurationRules.of(arguments), listener);
    live.read();
    live.watch = FileWatch.start(path, live::takeUp);
    return live;
  }

  /** What is in force now. */
  public Configuration current() {
    return current;
  }

  /** One sentence for each line of the file that is not in force, for the status page. */
  public List<String> complaints() {
    return complaints;
  }

  /** Stops watching; what is in force stays. */
  @Override
  public void close() {
    watch.close();
  }

  private void takeUp() {
    Configuration before = current;
    var formerComplaints = complaints;
    try {
      read();
    } catch (SettingsException e) {
      LOG.atWarn()
          .addKeyValue("error", e.getMessage())
          .log("settings file cannot be read; the settings stay as they are");
      return;
    }
    if (!before.equals(current) || !formerComplaints.equals(complaints)) {
      logChanges(before, current);
      listener.accept(current);
    }
  }

  private void read() {
    file.read(ConfigurationRules::complaint)
        .ifPresent(
            content -> {
              var outcome = rules.apply(content.values());
              content.badLines().forEach(line -> LOG.atWarn().log("settings: {}", line.sentence()));
              outcome.overruled().forEach(sentence -> LOG.atInfo().log("settings: {}", sentence));
              complaints = content.badLines().stream().map(SettingsFile.BadLine::sentence).toList();
              current = outcome.configuration();
            });
  }

  private static void logChanges(Configuration before, Configuration after) {
    for (var setting : Setting.values()) {
      if (!before.text(setting).equals(after.text(setting))) {
        LOG.atInfo()
            .addKeyValue("key", setting.key())
            .addKeyValue("from", before.text(setting))
            .addKeyValue("to", after.text(setting))
            .log("setting changed");
      }
    }
  }
}
