package com.nokia.ci.tas.service.edge;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.service.farm.Effect;
import com.nokia.ci.tas.service.farm.EndedTest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Which node and which client belong to each run: from the order to start it until its test has
 * ended and late results have had their time. Of several runs of a test the last one counts.
 *
 * <p>Safe for any thread.
 */
public final class RunParties {
  private static final int SWEEP_AT_LEAST = 1_024;

  private final Supplier<Duration> retention;
  private final InstantSource clock;
  private final Map<String, Entry> runs = new ConcurrentHashMap<>();
  private int sweepAt = SWEEP_AT_LEAST;

  /**
   * Whom a run concerns.
   *
   * @param node where it runs
   * @param client who issued it
   * @param submission what the client calls this submission of the test, which nobody else knows
   *     but this service and the node; empty: not said
   * @param also other addresses, the last one first: what the client has shown to be its own by
   *     that, and who else has asked for what the node keeps of a run that is over
   */
  record Parties(Endpoint node, Endpoint client, String submission, List<Endpoint> also) {
    private static final int MOST_ALSO = 32;

    Parties {
      also = List.copyOf(also);
    }

    Parties(Endpoint node, Endpoint client, String submission) {
      this(node, client, submission, List.of());
    }

    /** The same and one address more; of many the oldest are forgotten. */
    Parties with(Endpoint other) {
      var others =
          Stream.concat(Stream.of(other), also.stream())
              .filter(it -> it.isDialable() && !it.equals(client))
              .distinct()
              .limit(MOST_ALSO)
              .toList();
      return new Parties(node, client, submission, others);
    }

    /** Those that the node calls its client, or the node; nobody for anybody else. */
    List<Endpoint> opposite(Endpoint party) {
      if (party.equals(node)) {
        return Stream.concat(Stream.of(client), also.stream()).toList();
      }
      boolean isClient = party.equals(client) || also.contains(party);
      return isClient ? List.of(node) : List.of();
    }

    /** Whether somebody who is no party of it knows what only its client can know. */
    boolean isShownBy(Endpoint stranger, String shown) {
      return opposite(stranger).isEmpty()
          && !shown.isEmpty()
          && MessageDigest.isEqual(
              shown.getBytes(StandardCharsets.UTF_8), submission.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Parties, and until when they are remembered; {@link Instant#MAX} while the test lives. */
  private record Entry(Parties parties, Instant until) {}

  /**
   * Begins with none.
   *
   * @param retention how long the parties of a test that has ended are remembered
   */
  public RunParties(Supplier<Duration> retention, InstantSource clock) {
    this.retention = retention;
    this.clock = clock;
  }

  Optional<Parties> of(RuntimeId run) {
    return Optional.ofNullable(runs.get(run.text()))
        .filter(entry -> clock.instant().isBefore(entry.until()))
        .map(Entry::parties);
  }

  /** A node is told to start a run. Called by the thread of the farm's loop alone. */
  void begin(RuntimeId run, Parties parties) {
    runs.put(run.text(), new Entry(parties, Instant.MAX));
    sweep();
  }

  /** Another is the client of a run from now on. */
  void rebind(RuntimeId run, Parties parties) {
    runs.put(run.text(), new Entry(parties, Instant.MAX));
    sweep();
  }

  /** Somebody asks for what the node keeps of a run that is over; who asked before gets it too. */
  void collect(RuntimeId run, Parties asking) {
    var until = clock.instant().plus(retention.get());
    runs.compute(
        run.text(),
        (id, entry) ->
            entry != null && entry.parties().node().equals(asking.node())
                ? new Entry(entry.parties().with(asking.client()), until)
                : new Entry(asking, until));
    sweep();
  }

  /** The client of a run has another address now. */
  void alsoAt(RuntimeId run, Endpoint address) {
    runs.computeIfPresent(
        run.text(), (id, entry) -> new Entry(entry.parties().with(address), entry.until()));
  }

  /** A run of an earlier life of the service. */
  void recall(Effect.RecalledRun run) {
    var parties = new Parties(run.node().endpoint(), run.client().endpoint(), run.submission());
    var until = run.ended().map(at -> at.plus(retention.get())).orElse(Instant.MAX);
    runs.put(run.run().text(), new Entry(parties, until));
  }

  /** A test has ended, or was refused: then another test of that name may go on. */
  void ended(EndedTest test) {
    if (test.verdict() != EndedTest.Verdict.REFUSED) {
      var until = clock.instant().plus(retention.get());
      Stream.concat(Stream.of(test.test().id()), test.parts().stream().map(EndedTest.Part::id))
          .forEach(
              run ->
                  runs.computeIfPresent(
                      run.text(), (id, entry) -> new Entry(entry.parties(), until)));
    }
  }

  private void sweep() {
    if (runs.size() >= sweepAt) {
      var now = clock.instant();
      runs.values().removeIf(entry -> !now.isBefore(entry.until()));
      sweepAt = Math.max(SWEEP_AT_LEAST, 2 * runs.size());
    }
  }
}
