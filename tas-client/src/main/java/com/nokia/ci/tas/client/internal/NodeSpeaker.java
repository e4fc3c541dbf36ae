package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.TestId;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A node that has shown tickets: about the files and the output of the tests that they are of, and
 * nothing else.
 *
 * @param session the name of its session
 */
record NodeSpeaker(Services services, DirectDoor door, Endpoint session) implements Speaker {
  @Override
  public Stream<RunningTest> about(TestId id) {
    return door.testsOf(session).filter(it -> it.id().equals(id));
  }

  @Override
  public Optional<RunningTest> reports(TestOperation operation) {
    return Optional.empty();
  }

  @Override
  public Optional<Endpoint> wayTo(Endpoint sender) {
    return Optional.of(session).filter(door::isOpen);
  }

  /** It asks again through the service as soon as it sees that its session has ended. */
  @Override
  public void cannotBeTold(RunningTest test) {}

  /** The service of any of the tests: it is the name by which a node knows its client. */
  @Override
  public Endpoint us() {
    return door.testsOf(session)
        .findFirst()
        .map(it -> services.us(it.service()))
        .orElse(Endpoint.UNKNOWN);
  }
}
