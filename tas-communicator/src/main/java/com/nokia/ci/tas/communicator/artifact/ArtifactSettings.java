package com.nokia.ci.tas.communicator.artifact;

import com.nokia.ci.tas.commons.model.SettingsException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What the owner of a node says of its artifacts.
 *
 * @param bytes that the cache keeps at most of what no run uses; empty: what suits the disk
 * @param links whether large files may be linked into workspaces where they cannot be cloned
 * @param exchange with other nodes
 */
public record ArtifactSettings(OptionalLong bytes, boolean links, ExchangeSettings exchange) {
  /** What suits most nodes. */
  public static final ArtifactSettings DEFAULT =
      new ArtifactSettings(OptionalLong.empty(), /* links= */ true, ExchangeSettings.DEFAULT);

  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})([KMGT]?)");
  private static final String UNITS = "KMGT";

  /**
   * Reads a size as people write it: {@code 500M}, {@code 20G}, {@code 0}; nothing at all means
   * what suits the disk.
   *
   * @param argument named when it cannot be read
   */
  public static OptionalLong size(String argument, Optional<String> text) {
    if (text.isEmpty() || text.get().isBlank()) {
      return OptionalLong.empty();
    }
    var size = SIZE.matcher(text.get().strip().toUpperCase(Locale.ROOT));
    if (!size.matches()) {
      throw new SettingsException(
          "argument "
              + argument
              + " is "
              + text.get()
              + "; write a number of bytes, or one with K, M, G or T behind it, such as 20G");
    }
    int unit = size.group(2).isEmpty() ? 0 : UNITS.indexOf(size.group(2)) + 1;
    return OptionalLong.of(Long.parseLong(size.group(1)) << (10 * unit));
  }

  /** The limits of a cache in this directory. */
  public CacheLimits limits(Path directory) {
    var limits =
        bytes.isPresent() ? CacheLimits.of(bytes.getAsLong()) : CacheLimits.suiting(directory);
    return links ? limits : limits.withoutLinks();
  }
}
