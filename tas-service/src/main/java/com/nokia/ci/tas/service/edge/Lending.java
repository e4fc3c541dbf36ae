package com.nokia.ci.tas.service.edge;

import com.nokia.ci.tas.commons.model.ContentDigest;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.LargeArtifact;
import com.nokia.ci.tas.commons.model.Lender;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which nodes have which large artifacts, as they have told, and which of them the node of a run
 * may ask (docs/adr/0018-artifacts-among-nodes.md). No decision of the farm needs it: it is kept
 * beside the farm, and nodes tell it anew when the service was started again. Safe for any thread.
 */
public final class Lending {
  private static final int MOST_NODES = 10_000;

  private final Predicate<Endpoint> isThere;
  private final LoanTickets tickets;

  /** These are guarded by this. The node that has told nothing for longest stands first. */
  private final Map<Endpoint, List<ContentDigest>> told = new LinkedHashMap<>();

  private final Map<ContentDigest, NavigableSet<Endpoint>> holders = new HashMap<>();
  private Endpoint lastNamed = Endpoint.UNKNOWN;

  /**
   * Begins with no node.
   *
   * @param isThere whether a node has a session and a connection at the moment
   */
  public Lending(Predicate<Endpoint> isThere, LoanTickets tickets) {
    this.isThere = isThere;
    this.tickets = tickets;
  }

  /** A node says which large artifacts it has; what it said before is over. */
  synchronized void holds(Endpoint node, List<ContentDigest> digests) {
    left(node);
    if (digests.isEmpty() || !Lender.isAddress(node)) {
      return;
    }
    if (told.size() >= MOST_NODES) {
      told.keySet().stream().findFirst().ifPresent(this::left);
    }
    told.put(node, digests);
    digests.forEach(digest -> holders.computeIfAbsent(digest, absent -> new TreeSet<>()).add(node));
  }

  /** A node has gone, or has nothing any more. */
  synchronized void left(Endpoint node) {
    Optional.ofNullable(told.remove(node)).orElse(List.of()).forEach(it -> withdraw(it, node));
  }

  private void withdraw(ContentDigest digest, Endpoint node) {
    holders.computeIfPresent(
        digest,
        (it, nodes) -> {
          nodes.remove(node);
          return nodes.isEmpty() ? null : nodes;
        });
  }

  /** The start of a run as its node hears it: with the nodes that have its large artifacts. */
  TestDescription start(TestDescription test, Endpoint node) {
    var lenders = new ArrayList<Lender>();
    for (var artifact : test.execution().largeArtifacts()) {
      if (!artifact.name().isEmpty()) {
        lenders.addAll(lenders(artifact, test.id(), node));
      }
    }
    return lenders.isEmpty() ? test : test.with(test.execution().lentBy(lenders));
  }

  /** Each time others, so that one node is not asked by all. */
  private synchronized List<Lender> lenders(
      LargeArtifact artifact, RuntimeId run, Endpoint borrower) {
    var nodes = Optional.ofNullable(holders.get(artifact.digest())).orElseGet(TreeSet::new);
    if (nodes.contains(borrower)) {
      return List.of();
    }
    var named =
        Stream.concat(
                nodes.tailSet(lastNamed, /* inclusive= */ false).stream(),
                nodes.headSet(lastNamed, /* inclusive= */ true).stream())
            .filter(isThere)
            .limit(Lender.MOST_OF_ONE)
            .toList();
    named.stream().findFirst().ifPresent(first -> lastNamed = first);
    return named.stream()
        .map(node -> tickets.issue(new LoanTickets.Loan(artifact.digest(), node, run, borrower)))
        .toList();
  }

  /** Whether what is shown was named to the node of this run, and is not too old. */
  boolean isGood(Lender shown, RuntimeId run, Endpoint borrower) {
    return tickets.isGood(
        shown.ticket(), new LoanTickets.Loan(shown.digest(), shown.node(), run, borrower));
  }
}
