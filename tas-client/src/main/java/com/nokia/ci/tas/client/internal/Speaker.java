package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.TestId;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whoever speaks to this client: what it may speak about, and how it is answered. What it does not
 * get here does not exist for it.
 */
interface Speaker {

  /** The tests with that id that it may have files of, send files for and say something about. */
  Stream<RunningTest> about(TestId id);

  /** The test that it may say the state of. */
  Optional<RunningTest> reports(TestOperation operation);

  /**
   * Where an answer is sent, which may be somebody who passes it on; empty when it must not be
   * answered there. May look a name up.
   *
   * @param sender as the question has it
   */
  Optional<Endpoint> wayTo(Endpoint sender);

  /** It waits for a file of a test, and can be told neither the file nor that there is none. */
  void cannotBeTold(RunningTest test);

  /** As whom it is answered. */
  Endpoint us();
}
