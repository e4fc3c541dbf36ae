package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.Bond;
import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.RuntimeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything outside a simulated farm: what is really plugged where, really runs, really arrives.
 */
final class World implements EffectHandler {
  private static final List<SimulatedNode.Kind> KINDS =
      List.of(
          SimulatedNode.Kind.SESSION,
          SimulatedNode.Kind.EARLIER,
          SimulatedNode.Kind.PLAIN,
          SimulatedNode.Kind.SESSION);
  private static final List<SimulatedNode.Kind> EARLIER =
      List.of(SimulatedNode.Kind.SESSION, SimulatedNode.Kind.EARLIER, SimulatedNode.Kind.EARLIER);
  private static final List<SimulatedNode.Kind> SESSIONS = List.of(SimulatedNode.Kind.SESSION);

  /** In peace, nodes are asked every five minutes whether they are there: they are. */
  private static final FarmSettings.Silence PATIENCE =
      new FarmSettings.Silence(
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          FarmSettings.Silence.DEFAULTS.lease(),
          FarmSettings.Silence.DEFAULTS.clientCheckPeriod());

  final Simulation simulation;
  final List<SimulatedNode> nodes = new ArrayList<>();
  final List<SimulatedClient> clients = new ArrayList<>();
  private final Map<NodeId, SimulatedNode> byId = new HashMap<>();

  /** How many processes have begun in all. */
  long begun;

  /** The last order to start a test, by its name. */
  final Map<String, Order> orders = new HashMap<>();

  /** Tests that were started to outlive their clients. */
  final Set<RuntimeId> detached = new TreeSet<>();

  private final Map<String, ProductDescription> descriptions = new HashMap<>();
  private FarmSettings settings = Simulation.RULES;

  World(Simulation simulation) {
    this.simulation = simulation;
  }

  /** One order to start a run, and what really became of it. */
  static final class Order {
    final Effect.StartRun start;
    boolean hasSucceeded;

    Order(Effect.StartRun start) {
      this.start = start;
    }

    /** Whether this is the same order, told once more. */
    boolean isFor(Effect.StartRun other) {
      return start.equals(other);
    }

    List<ProductId> products() {
      return start.test().progress().reservedProducts().stream().map(p -> p.id()).toList();
    }
  }

  void begin() {
    var peers = simulation.make.is(Make.Trait.LATE) ? EARLIER : KINDS;
    var kinds = simulation.mischief.isOfPeers() ? peers : SESSIONS;
    for (int i = 1; i <= simulation.make.nodes(); i++) {
      var node = new SimulatedNode(this, Cast.node(i), kinds.get(i % kinds.size()));
      nodes.add(node);
      byId.put(node.description.id(), node);
    }
    for (int i = 1; i <= simulation.make.products(); i++) {
      simulation.oneOf(nodes).plugged.add(Cast.product(i));
    }
    nodes.forEach(SimulatedNode::boot);
    for (int i = 1; i <= simulation.make.clients(); i++) {
      var line = i % 2 == 0 ? Event.Line.PLAIN : Event.Line.SESSION;
      var client = new SimulatedClient(simulation, Cast.client(i), line);
      clients.add(client);
      client.begin();
    }
    new SimulatedPerson(simulation, "anna").begin();
    new SimulatedPerson(simulation, "bert").begin();
    if (simulation.make.is(Make.Trait.PRIORITISING)) {
      new SimulatedPerson(simulation, "carla").beginPrioritising();
    }
    if (simulation.mischief.isOfPeers()) {
      simulation.after(Duration.ofSeconds(1), this::mischief);
    }
  }

  /** What the configuration says. */
  FarmSettings settings() {
    return settings;
  }

  /** Whatever was kept in its memory and on its connections is gone. */
  void serviceDied() {
    nodes.forEach(SimulatedNode::serviceDied);
    clients.forEach(SimulatedClient::serviceDied);
  }

  /** No more mischief: who is cut off is reachable again, who is down comes up. */
  void makePeace() {
    nodes.forEach(SimulatedNode::makePeace);
    configure(settings);
  }

  /** A product as its node tells of it. */
  ProductDescription described(ProductId id, String status) {
    int number = Integer.parseInt(id.imei().substring(11));
    long battery = 10 * (1 + (number * 7L + simulation.now.getEpochSecond() / 120 * 3) % 10);
    return descriptions.computeIfAbsent(
        id.imei() + status + battery,
        key ->
            Cast.phone(number, "RM-" + number % 3)
                .with(
                    Map.of(
                        "status",
                        status,
                        "role",
                        number % 5 == 0 ? "remote" : "main",
                        "battery",
                        Long.toString(battery))));
  }

  SimulatedNode node(NodeId id) {
    return byId.get(id);
  }

  private void mischief() {
    if (simulation.isPeace()) {
      return;
    }
    var node = simulation.oneOf(nodes);
    switch (simulation.random.nextInt(12)) {
      case 0 -> node.crash();
      case 1 -> node.sayGoodbye();
      case 2, 3 -> node.cutOff();
      case 4, 5, 6 -> node.unplugSomething();
      case 7 -> node.disableSomething();
      case 8 -> simulation.oneOf(clients).vanish();
      case 9 -> maintain();
      default -> node.hiccup();
    }
    simulation.after(
        simulation.between(Duration.ofSeconds(2), Duration.ofMinutes(1)), this::mischief);
  }

  private void maintain() {
    var rules = Simulation.RULES.sharingFairly(simulation.chance(0.5));
    configure(rules.inMaintenance(true));
    simulation.after(
        simulation.between(Duration.ofSeconds(1), Duration.ofMinutes(2)), () -> configure(rules));
  }

  private void configure(FarmSettings changed) {
    settings = simulation.isPeace() ? changed.with(PATIENCE) : changed;
    simulation.post(new Event.SettingsChanged(simulation.now, settings));
  }

  // ---- what the farm wants done

  @Override
  public void on(Effect.StartRun effect) {
    String name = effect.test().id().text();
    var last = orders.get(name);
    var order = last != null && last.isFor(effect) ? last : new Order(effect);
    orders.put(name, order);
    node(effect.node()).receive(order);
  }

  @Override
  public void on(Effect.StopRun effect) {
    node(effect.node()).receive(effect);
  }

  @Override
  public void on(Effect.BindRun effect) {
    // Where output goes changes nothing that is simulated; what is kept is looked at when asked.
  }

  /**
   * What was decided and will not be forgotten: who has followed a test until now hears no more,
   * and whoever counts as gone hears nothing.
   */
  void kept(Event event, List<Effect> effects) {
    if (event instanceof Event.ClientLeft left) {
      forgotten(left.client());
    } else if (event instanceof Event.ClientUnreachable unreachable) {
      forgotten(unreachable.client());
    }
    for (var effect : effects) {
      if (effect instanceof Effect.BindRun bind && bind.run().origin().bond() == Bond.ATTACH) {
        clients.stream()
            .filter(client -> !client.id.endpoint().equals(bind.client()))
            .forEach(client -> client.replaced(bind.run().id()));
      }
      if (effect instanceof Effect.RecordEnded ended
          && ended.test().verdict() != EndedTest.Verdict.REFUSED
          && ended.test().test().origin().bond() != Bond.RELEASED) {
        clients.stream()
            .filter(client -> client.id.equals(ended.test().client()))
            .forEach(client -> client.owed(ended.test().test().id().test()));
      }
    }
  }

  private void forgotten(ClientId gone) {
    clients.stream().filter(client -> client.id.equals(gone)).forEach(SimulatedClient::forget);
  }

  @Override
  public void on(Effect.DivideTest effect) {
    if (simulation.chance(0.2)) {
      return; // it hangs
    }
    var numbers = new ArrayList<List<Integer>>();
    for (var portion : effect.portions()) {
      portion.parcels().forEach(parcel -> numbers.add(List.of(parcel.number())));
    }
    if (simulation.chance(0.2)) {
      numbers.remove(0); // it loses one
    }
    simulation.after(
        simulation.between(Duration.ofMillis(1), Duration.ofSeconds(12)),
        () ->
            simulation.post(
                new Event.TestDivided(
                    simulation.now,
                    effect.test(),
                    effect.age(),
                    List.copyOf(numbers),
                    Optional.empty())));
  }

  @Override
  public void on(Effect.TellProduct effect) {
    node(effect.node()).receive(effect);
  }

  @Override
  public void on(Effect.RecallPeers effect) {
    // Nobody here has a memory of the service's own.
  }

  @Override
  public void on(Effect.ProbeNode effect) {
    node(effect.node()).probed();
  }

  @Override
  public void on(Effect.EndSession effect) {
    node(effect.node()).sessionEnds();
  }

  @Override
  public void on(Effect.ProbeClient effect) {
    told(effect.client().endpoint().host(), Optional.empty());
  }

  @Override
  public void on(Effect.TellClient effect) {
    told(effect.to().host(), Optional.of(effect));
  }

  private void told(String host, Optional<Effect.TellClient> message) {
    for (var client : clients) {
      if (client.id.endpoint().host().equals(host)) {
        client.receive(message);
      }
    }
  }

  @Override
  public void on(Effect.Notice effect) {
    // A person would read it.
  }

  @Override
  public void on(Effect.RecordEnded effect) {
    // History would keep it.
  }

  @Override
  public void on(Effect.RunMoved effect) {
    // The log would have it.
  }

  @Override
  public void on(Effect.Remark effect) {
    // The log would have it.
  }

  @Override
  public void on(Effect.RuleFailed effect) {
    throw new IllegalStateException(effect.what(), effect.cause());
  }
}
