package com.nokia.ci.tas.communicator.node;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the service wants to be run here.
 *
 * @param test as the service described it
 * @param client whom artifacts come from, and output and results go to
 * @param reach how the client is reached
 */
public record RunOrder(TestDescription test, Endpoint client, Reach reach) {
  /** What the parameters begin with by which a test asks for a gate. */
  public static final String GATE_PREFIX = "tas.gate.";

  /** Stands for the client of a run that has none. */
  public static final Endpoint NOBODY = new Endpoint("nobody.invalid", 1);

  /** An order of a plain service. */
  public RunOrder(TestDescription test, Endpoint client) {
    this(test, client, Reach.DIALLED);
  }

  /** An order that came over a session (docs/session.md, section 7). */
  public static RunOrder overSession(TestDescription test, Endpoint client) {
    if (test.direct().isPresent()) {
      return new RunOrder(test, client, Reach.DIRECT);
    }
    boolean isRelayed = test.progress().route().equals("relayed");
    return new RunOrder(test, client, isRelayed ? Reach.RELAYED : Reach.DIALLED_OR_RELAYED);
  }

  /** A run that the node wants itself: no service hears of it, and any other run goes first. */
  public static RunOrder ofTheNode(TestDescription test) {
    return new RunOrder(test, NOBODY, Reach.NOBODY);
  }

  /** Whether the node wants it itself. */
  public boolean isOfTheNode() {
    return reach == Reach.NOBODY;
  }

  public RuntimeId id() {
    return test.id();
  }

  /** Number of the attempt; 0 from a service that does not count them. */
  public int attempt() {
    return test.progress().attempt();
  }

  /** Whether it has wishes of its own of the machine, in parameters of these names. */
  boolean asksForGate() {
    return test.execution().parameters().keySet().stream()
        .anyMatch(name -> name.startsWith(GATE_PREFIX));
  }

  /** Whether anything is to be delivered after it. */
  boolean wantsResults() {
    return !test.execution().resultsFilename().isEmpty();
  }

  /** The files to fetch, each once, the script first. */
  List<String> artifacts() {
    var names = new LinkedHashSet<String>();
    names.add(test.execution().script());
    names.addAll(test.execution().artifacts());
    names.removeIf(String::isEmpty);
    return new ArrayList<>(names);
  }

  /** Whether both speak of one run: the same attempt with the same reservations. */
  boolean isSameAs(RunOrder other) {
    return attempt() == other.attempt()
        && client.equals(other.client)
        && reservations().equals(other.reservations());
  }

  /**
   * Whether both speak of one run, though it may be long ago: attempts of two tests of one id are
   * told from each other by their reservations, or by what their issuer calls them.
   */
  boolean isKnownSameAs(RunOrder other) {
    boolean isNamed = test.origin().isSameSubmission(other.test.origin());
    return attempt() > 0
        && isSameAs(other)
        && !test.origin().isOtherSubmission(other.test.origin())
        && (isNamed || isReserved());
  }

  /** Whether it is said when its products were reserved. */
  private boolean isReserved() {
    var times = reservations().values();
    return !times.isEmpty() && times.stream().allMatch(time -> time.isAfter(Instant.EPOCH));
  }

  private Map<ProductId, Instant> reservations() {
    var times = new TreeMap<ProductId, Instant>();
    test.progress()
        .reservedProducts()
        .forEach(p -> times.put(p.id(), p.time(ProductAttribute.RESERVATION_TIME)));
    return times;
  }

  /** The products it was given. */
  public Set<ProductId> products() {
    var ids = new LinkedHashSet<ProductId>();
    test.progress().reservedProducts().forEach(product -> ids.add(product.id()));
    return ids;
  }
}
