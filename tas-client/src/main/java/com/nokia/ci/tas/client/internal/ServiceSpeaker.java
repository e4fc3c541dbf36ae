package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.TestId;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A service over its session, and the nodes of our tests through it: about the tests that it
 * executes for us. What it is told for a node, it passes on.
 */
record ServiceSpeaker(Services services, Endpoint service) implements Speaker {
  @Override
  public Stream<RunningTest> about(TestId id) {
    return services.running().find(id, service).stream();
  }

  @Override
  public Optional<RunningTest> reports(TestOperation operation) {
    return services.running().find(operation.test().id().test(), service);
  }

  @Override
  public Optional<Endpoint> wayTo(Endpoint sender) {
    return Optional.of(service);
  }

  @Override
  public void cannotBeTold(RunningTest test) {
    services.stop(test);
  }

  @Override
  public Endpoint us() {
    return services.us(service);
  }
}
