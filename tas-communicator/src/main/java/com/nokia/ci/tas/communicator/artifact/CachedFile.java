package com.nokia.ci.tas.communicator.artifact;

import com.nokia.ci.tas.commons.model.ContentDigest;
import com.nokia.ci.tas.commons.transport.FileSource;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A file of an {@link ArtifactCache} that was found right and is not evicted before this is closed.
 * For any thread.
 */
public interface CachedFile extends AutoCloseable {
  ContentDigest digest();

  /** Number of its bytes. */
  long size();

  /** Its bytes, for another node; they may be something else than its digest says by then. */
  FileSource source();

  /**
   * Puts it into a workspace, complete or not at all; replaces what stands there.
   *
   * @param target its name already checked
   */
  void placeAt(Path target) throws IOException;

  /** It may be evicted. */
  @Override
  void close();
}
