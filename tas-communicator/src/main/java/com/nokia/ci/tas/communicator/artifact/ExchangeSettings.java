package com.nokia.ci.tas.communicator.artifact;

import com.nokia.ci.tas.commons.model.LargeArtifact;
import com.nokia.ci.tas.commons.model.SettingsException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whether a node takes large artifacts from other nodes of its farm, and gives them
 * (docs/adr/0018-artifacts-among-nodes.md).
 *
 * @param lends whether others get what is in its cache
 * @param borrowsFrom from which size on it asks others before the client; empty: never
 * @param patience how long another node may send nothing before the next one is asked
 */
public record ExchangeSettings(boolean lends, OptionalLong borrowsFrom, Duration patience) {
  /** Lends, and asks others for what has 16 MiB or more, each for a quarter of a minute. */
  public static final ExchangeSettings DEFAULT =
      new ExchangeSettings(/* lends= */ true, OptionalLong.of(16L << 20), Duration.ofSeconds(15));

  /** As the owner of a node writes a size, or {@code off}. */
  public static OptionalLong borrowsFrom(String argument, String text) {
    if (text.equals("off")) {
      return OptionalLong.empty();
    }
    long size =
        ArtifactSettings.size(argument, Optional.of(text))
            .orElseThrow(
                () ->
                    new SettingsException(
                        "argument " + argument + " is empty; write off or a size such as 16M"));
    return OptionalLong.of(size);
  }

  /** Whether others are asked for this before the client. */
  public boolean borrows(LargeArtifact artifact) {
    return borrowsFrom.isPresent() && artifact.size() >= borrowsFrom.getAsLong();
  }
}
