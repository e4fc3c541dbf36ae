package com.nokia.ci.tas.communicator.artifact;

import java.util.Map;

/**
 * How an {@link ArtifactCache} is doing, for people.
 *
 * @param files in it
 * @param bytes in it
 * @param limit bytes that it keeps at most of what no run uses
 * @param hits files that were asked for and in it, since the node started
 * @param misses files that had to come
 * @param broken files in it that were found changed and thrown away
 */
public record CacheFigures(int files, long bytes, long limit, long hits, long misses, long broken) {

  /** As a node tells them of itself. */
  public Map<String, String> facts() {
    return Map.of(
        "artifact-cache-files", Integer.toString(files),
        "artifact-cache-bytes", Long.toString(bytes),
        "artifact-cache-limit-bytes", Long.toString(limit),
        "artifact-cache-hits", Long.toString(hits),
        "artifact-cache-misses", Long.toString(misses),
        "artifact-cache-broken", Long.toString(broken));
  }
}
