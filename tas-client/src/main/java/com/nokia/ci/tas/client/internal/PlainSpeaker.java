package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.commons.transport.Peer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Somebody on a plain connection: about the tests of services that are spoken to plainly, for their
 * nodes have no other way. It is answered only where it is: the address that it wants the answer at
 * must be the one its question came from.
 */
record PlainSpeaker(Services services, Peer peer, Endpoint us) implements Speaker {
  private static final Logger LOG = LoggerFactory.getLogger(PlainSpeaker.class);

  @Override
  public Stream<RunningTest> about(TestId id) {
    return services.running().named(id).stream().filter(it -> services.isPlain(it.service()));
  }

  /** Two services may execute tests of one id; the port tells them apart on one machine. */
  @Override
  public Optional<RunningTest> reports(TestOperation operation) {
    return about(operation.test().id().test())
        .filter(it -> services.isFrom(it.service(), peer))
        .reduce((a, b) -> b.service().port() == operation.sender().port() ? b : a);
  }

  @Override
  public Optional<Endpoint> wayTo(Endpoint sender) {
    if (sender.isDialable() && (peer.isLocal() || isAddressOf(sender.host()))) {
      return Optional.of(sender);
    }
    LOG.atWarn()
        .addKeyValue("from", peer)
        .addKeyValue("node", SafeName.shown(sender.toString()))
        .log("ignored a request whose answer would go elsewhere than where it came from");
    return Optional.empty();
  }

  @Override
  public void cannotBeTold(RunningTest test) {
    services.stop(test);
  }

  private boolean isAddressOf(String host) {
    try {
      return Arrays.asList(InetAddress.getAllByName(host)).contains(peer.address().getAddress());
    } catch (UnknownHostException e) {
      return false; // nobody could be dialled there
    }
  }
}
