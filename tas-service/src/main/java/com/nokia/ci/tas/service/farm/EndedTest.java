package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What history keeps of a test.
 *
 * @param test as it ended, reserved products of the last attempt included, without secrets
 * @param client who issued it
 * @param verdict how it ended
 * @param reason why, unless it finished
 * @param attempts how many runs it had
 * @param node where the last one was
 * @param times when what happened
 * @param parts its sub-tests in their order; empty when it was not split
 * @param runs its last runs, the first of them first; those of a test that was split are with its
 *     parts
 */
public record EndedTest(
    TestDescription test,
    ClientId client,
    Verdict verdict,
    Optional<Reason> reason,
    int attempts,
    Optional<NodeId> node,
    Times times,
    List<Part> parts,
    List<Attempt> runs) {

  /** Records that were kept before there were sub-tests have no parts, and older ones no runs. */
  public EndedTest {
    parts = parts == null ? List.of() : List.copyOf(parts);
    runs = runs == null ? List.of() : List.copyOf(runs);
  }

  /** A test of whose runs nothing is remembered. */
  public EndedTest(
      TestDescription test,
      ClientId client,
      Verdict verdict,
      Optional<Reason> reason,
      int attempts,
      Optional<NodeId> node,
      Times times,
      List<Part> parts) {
    this(test, client, verdict, reason, attempts, node, times, parts, List.of());
  }

  /** A test that was not split. */
  public EndedTest(
      TestDescription test,
      ClientId client,
      Verdict verdict,
      Optional<Reason> reason,
      int attempts,
      Optional<NodeId> node,
      Times times) {
    this(test, client, verdict, reason, attempts, node, times, List.of());
  }

  /** The runs that are remembered, of all sub-tests if it was split. */
  public List<Attempt> allRuns() {
    return parts.isEmpty() ? runs : parts.stream().flatMap(part -> part.runs().stream()).toList();
  }

  /** How a test ended. */
  public enum Verdict {
    FINISHED,
    FAILED,
    /** By its issuer or by anyone else; what the issuer is told differs. */
    STOPPED,
    /** It was never accepted. */
    REFUSED
  }

  /**
   * When what happened to a test.
   *
   * @param received when the service got it
   * @param reserved when its last attempt got its products, if ever
   * @param started when the executor of its last attempt started, if ever
   * @param ended when it ended
   */
  public record Times(
      Instant received, Optional<Instant> reserved, Optional<Instant> started, Instant ended) {}

  /**
   * A sub-test.
   *
   * @param id with its sub-id
   * @param packages names of the packages that it ran
   * @param verdict how it ended; stopped when another one failed for good
   * @param attempts how many runs it had
   * @param node where the last one was
   * @param products what that one had
   * @param times when what happened
   * @param runs its last runs, the first of them first; none in records of before
   */
  public record Part(
      RuntimeId id,
      List<String> packages,
      Verdict verdict,
      int attempts,
      Optional<NodeId> node,
      List<ProductId> products,
      Times times,
      List<Attempt> runs) {

    public Part {
      packages = List.copyOf(packages);
      products = List.copyOf(products);
      runs = runs == null ? List.of() : List.copyOf(runs);
    }
  }
}
