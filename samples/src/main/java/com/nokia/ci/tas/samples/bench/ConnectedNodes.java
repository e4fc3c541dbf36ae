package com.nokia.ci.tas.samples.bench;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.transport.FileAnswer;
import com.nokia.ci.tas.commons.transport.MessageReceiver;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.commons.transport.Session;
import com.nokia.ci.tas.commons.transport.SessionWish;
import com.nokia.ci.tas.commons.transport.Transport;
import com.nokia.ci.tas.commons.transport.TransportSettings;
import com.nokia.ci.tas.commons.transport.Welcome;
import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.flood.Burden;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What nodes cost the service that keep a session and have nothing to say. */
final class ConnectedNodes {
  private static final int NODES = 1_000;
  private static final Duration SETTLING = Duration.ofSeconds(8);
  private static final Duration SHORT = Duration.ofSeconds(3);
  private static final Duration STRETCH = Duration.ofSeconds(10);
  private static final long PATIENCE_SECONDS = 60;

  private ConnectedNodes() {}

  static List<Figure> measure(Scene scene) throws Exception {
    scene.endFarm();
    try (var farm = LocalFarm.start(scene.scratch("nodes"));
        var transport = Transport.create(TransportSettings.defaults())) {
      CoreShare.pass(SHORT);
      long before = Burden.of(farm.service()).residentBytes();
      var established = new CountDownLatch(NODES);
      long begin = System.nanoTime();
      for (int i = 0; i < NODES; i++) {
        connect(transport, new Endpoint("localhost", i + 1), farm, established);
      }
      if (!established.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new TimeoutException(established.getCount() + " nodes have no session");
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      CoreShare.pass(SETTLING);
      var share = CoreShare.begin(farm.service());
      CoreShare.pass(STRETCH);
      double percent = share.percent();
      long after = Burden.of(farm.service()).residentBytes();
      return List.of(
          Figure.cost("a thousand nodes connect to a service", seconds, 0, "s"),
          Figure.cost(
              "memory of the service for each of them", (after - before) / 1e3 / NODES, 0, "KB"),
          Figure.cost("processor time for all while idle", percent, 0, "% of a core"));
    }
  }

  private static void connect(
      Transport transport, Endpoint node, LocalFarm farm, CountDownLatch established) {
    var service = new Endpoint("localhost", farm.port());
    var registration =
        new RegistryOperation(
            node,
            service,
            RegistryOperation.Kind.REGISTER,
            RegistryOperation.Remote.TEST_NODE,
            Optional.of(new NodeDescription(node, "A node of a benchmark", "bench")));
    transport.keep(
        SessionWish.with(service, () -> registration).withoutPlain(),
        new Silent(),
        new Counting(established));
  }

  private static final class Silent implements MessageReceiver {
    @Override
    public void onMessage(Message message, Peer peer) {}

    @Override
    public FileAnswer onFile(FileOperation put, Peer peer) {
      throw new IllegalStateException("nobody sends " + put.file().name() + " to this node");
    }
  }

  private record Counting(CountDownLatch established) implements Session.Owner {
    @Override
    public void onEstablished(Welcome welcome) {
      established.countDown();
    }

    @Override
    public void onPlain(InetAddress leftFrom) {}

    @Override
    public void onAway(String why) {}

    @Override
    public void onReturned() {}

    @Override
    public void onRefused(String sentence) {
      System.err.println("a node was refused: " + sentence);
    }

    @Override
    public void onEnded(TasException why) {}
  }
}
