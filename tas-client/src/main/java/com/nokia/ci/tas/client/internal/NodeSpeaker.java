package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.TestId;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A node that has shown the ticket of a test: about the files and the output of that test, and
 * nothing else.
 *
 * @param session the name of its session
 */
record NodeSpeaker(Services services, RunningTest test, Endpoint session) implements Speaker {
  @Override
  public Stream<RunningTest> about(TestId id) {
    return services.running().find(id, test.service()).filter(it -> it == test).stream();
  }

  @Override
  public Optional<RunningTest> reports(TestOperation operation) {
    return Optional.empty();
  }

  @Override
  public Optional<Endpoint> wayTo(Endpoint sender) {
    return Optional.of(session);
  }

  @Override
  public Endpoint us() {
    return services.us(test.service());
  }
}
