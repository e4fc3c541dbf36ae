package com.nokia.ci.tas.communicator.artifact;

import com.nokia.ci.tas.commons.model.ContentDigest;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.RuntimeId;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file that a run needs.
 *
 * @param run which
 * @param source what all runs share that get the same file under this name
 * @param name as it is asked for, checked
 * @param target where it goes
 * @param content what it is, as the client has said before the test began: then it need not be
 *     asked for where it is here already; empty: not said
 */
public record WantedArtifact(
    RuntimeId run, Source source, String name, Path target, Optional<ContentDigest> content) {
  /**
   * Where artifacts come from: the sub-tests and attempts of one test that are here at a time have
   * the same ones.
   *
   * @param client who has them
   * @param test id without sub-id
   * @param submission what the client calls this submission of the test; may be empty
   */
  public record Source(Endpoint client, String test, String submission) {}
}
