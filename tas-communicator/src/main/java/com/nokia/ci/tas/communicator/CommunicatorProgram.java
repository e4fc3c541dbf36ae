package com.nokia.ci.tas.communicator;

import com.nokia.ci.tas.commons.launch.HostName;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.communicator.artifact.ArtifactCache;
import com.nokia.ci.tas.communicator.edge.NodeEdge;
import com.nokia.ci.tas.communicator.edge.NodeParts;
import com.nokia.ci.tas.communicator.execution.CommandLine;
import com.nokia.ci.tas.communicator.execution.ExecutorLauncher;
import com.nokia.ci.tas.communicator.execution.Platform;
import com.nokia.ci.tas.communicator.execution.ProgramFinder;
import com.nokia.ci.tas.communicator.execution.SideProgram;
import com.nokia.ci.tas.communicator.execution.Workspaces;
import com.nokia.ci.tas.communicator.facts.AdbVersion;
import com.nokia.ci.tas.communicator.facts.FactSheet;
import com.nokia.ci.tas.communicator.facts.MachineFacts;
import com.nokia.ci.tas.communicator.gate.Gate;
import com.nokia.ci.tas.communicator.gate.GateSettings;
import com.nokia.ci.tas.communicator.gate.ThisMachine;
import com.nokia.ci.tas.communicator.health.HealthBook;
import com.nokia.ci.tas.communicator.keeping.KeptRuns;
import com.nokia.ci.tas.communicator.node.GateRules;
import com.nokia.ci.tas.communicator.node.NodeSettings;
import com.nokia.ci.tas.communicator.product.CiProxyLink;
import com.nokia.ci.tas.communicator.product.Products;
import com.nokia.ci.tas.communicator.product.Surroundings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A communicator, put together and running. Several may run in one process, each in a directory of
 * its own.
 */
public final class CommunicatorProgram implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CommunicatorProgram.class);

  private final DirectoryLock lock;
  private final NodeEdge edge;
  private final Products products;
  private final CiProxyLink ciProxy;
  private final ExecutorLauncher launcher;

  private CommunicatorProgram(
      DirectoryLock lock,
      NodeEdge edge,
      Products products,
      CiProxyLink ciProxy,
      ExecutorLauncher launcher) {
    this.lock = lock;
    this.edge = edge;
    this.products = products;
    this.ciProxy = ciProxy;
    this.launcher = launcher;
  }

  /**
   * Starts a communicator: cleans up after an earlier life, opens the port, registers with the
   * service, connects to the CI proxy. The latter two need not be there yet.
   *
   * @throws com.nokia.ci.tas.commons.model.TasException with a sentence when it cannot start
   */
  public static CommunicatorProgram start(CommunicatorSettings settings) {
    var lock = DirectoryLock.of(settings.directory());
    try {
      return start(settings, lock);
    } catch (RuntimeException e) {
      close(lock);
      throw e;
    }
  }

  private static CommunicatorProgram start(CommunicatorSettings settings, DirectoryLock lock) {
    var platform = Platform.own();
    var programs = ProgramFinder.of(System.getenv(), platform);
    Path productsDirectory = settings.directory().resolve("products").toAbsolutePath();
    var workspaces =
        new Workspaces(settings.directory().resolve("workspace"), settings.runs().keep());
    var commandLine =
        new CommandLine(programs, platform, settings.runs().productArgument(), productsDirectory);
    var launcher =
        new ExecutorLauncher(
            commandLine, programs, workspaces.root(), platform, settings.limits().executor());
    endStrays(launcher);
    var kept =
        KeptRuns.open(
            settings.directory().resolve("results"), settings.runs().results(), Clock.systemUTC());
    workspaces.clear(
        kept.unfinished().stream().map(run -> run.order().id().text()).collect(Collectors.toSet()));
    var cache = cache(settings);
    var gate = gate(settings.limits().gate(), programs, workspaces.root());
    String host =
        HostName.ofThisMachine(settings.own().hostname()).towards(settings.service().host());
    var edge =
        NodeEdge.open(
            new NodeParts(
                settings.service(),
                settings.session(),
                port ->
                    new NodeDescription(
                        new Endpoint(host, port), settings.own().description(), version()),
                settings.own().port(),
                workspaces,
                kept,
                launcher,
                gate,
                cache,
                settings.runs().artifacts().exchange(),
                settings.runs().cleanupPeriod(),
                facts(settings.directory(), cache, kept),
                health(settings)),
            settings.limits().edge().with(nodeSettings(settings.limits(), gate)));
    try {
      var surroundings = new Surroundings(settings.service(), host, addressOf(host));
      var products = Products.start(productsDirectory, surroundings, edge);
      edge.start(products::serviceSaid, products::fitness);
      var ciProxy =
          CiProxyLink.start(
              settings.ciProxy(), settings.limits().ciProxyPause(), products::connected);
      launcher.keepShellsWaiting();
      LOG.atInfo()
          .addKeyValue("node", edge.endpoint())
          .addKeyValue("to", settings.service())
          .log("Test Automation Communicator is ready");
      return new CommunicatorProgram(lock, edge, products, ciProxy, launcher);
    } catch (RuntimeException e) {
      edge.close();
      throw e;
    }
  }

  private static Optional<NodeParts.HealthCare> health(CommunicatorSettings settings) {
    return settings
        .runs()
        .health()
        .map(
            wanted ->
                new NodeParts.HealthCare(
                    wanted,
                    HealthBook.open(
                        settings.directory().resolve("health.txt"), wanted, Clock.systemUTC())));
  }

  private static Gate gate(GateSettings settings, ProgramFinder programs, Path workspaces) {
    var program =
        settings
            .program()
            .map(
                command ->
                    SideProgram.named(
                        "LaunchGate", command, programs, workspaces, settings.programLimit()));
    return new Gate(settings.conditions(), new ThisMachine(workspaces), program);
  }

  private static NodeSettings nodeSettings(CommunicatorLimits limits, Gate gate) {
    var wanted = limits.gate();
    return limits
        .edge()
        .node()
        .with(new GateRules(gate.isWatched(), wanted.pause(), wanted.limit(), wanted.spacing()));
  }

  private static ArtifactCache cache(CommunicatorSettings settings) {
    Path directory = settings.directory().resolve("cache").toAbsolutePath();
    try {
      var limits = settings.runs().artifacts().limits(directory);
      return ArtifactCache.open(directory, limits, Clock.systemUTC());
    } catch (IOException e) {
      throw new SettingsException(
          "the directory " + directory + " cannot be used for artifacts: " + e, e);
    }
  }

  /** Where this node is dialled; the real port, whatever was asked for. */
  public Endpoint endpoint() {
    return edge.endpoint();
  }

  /** Fails what runs, tells the service, ends every process and thread. */
  @Override
  public void close() {
    ciProxy.close();
    edge.close();
    launcher.close();
    products.close();
    close(lock);
    LOG.atInfo().addKeyValue("node", edge.endpoint()).log("Test Automation Communicator has ended");
  }

  private static FactSheet facts(Path directory, ArtifactCache cache, KeptRuns kept) {
    return new FactSheet(
        List.of(MachineFacts.of(directory), AdbVersion.ask(), () -> cache.figures().facts(), kept));
  }

  private static void endStrays(ExecutorLauncher launcher) {
    try {
      launcher.endStrays();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void close(DirectoryLock lock) {
    try {
      lock.close();
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("directory not unlocked");
    }
  }

  private static String addressOf(String host) {
    try {
      return InetAddress.getByName(host).getHostAddress();
    } catch (UnknownHostException e) {
      return host;
    }
  }

  private static String version() {
    return Optional.ofNullable(CommunicatorProgram.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
