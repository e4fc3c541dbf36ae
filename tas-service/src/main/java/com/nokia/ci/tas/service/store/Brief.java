package com.nokia.ci.tas.service.store;

import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProjectId;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.UserId;
import com.nokia.ci.tas.service.farm.EndedTest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

/**
 * An ended test in short, for those who count many.
 *
 * @param times when what happened, to the millisecond
 * @param verdict how it ended
 * @param fault whose fault it was that it did not finish; empty when it did
 * @param code of the reason why it did not finish; empty when it did
 * @param attempts how many runs it had
 * @param products how many the last one had
 * @param project that it belongs to; empty: none
 * @param owner the person who issued it; empty: nobody known
 * @param client who issued it, as {@code host:port}
 * @param node of the last run, as {@code host:port}; empty: none
 * @param wanted the products that it asked for, as an expression without secrets; empty: unknown
 */
public record Brief(
    EndedTest.Times times,
    EndedTest.Verdict verdict,
    String fault,
    String code,
    int attempts,
    int products,
    String project,
    String owner,
    String client,
    String node,
    String wanted) {

  public Brief {
    Objects.requireNonNull(times, "times");
    Objects.requireNonNull(verdict, "verdict");
  }

  /** A test in short. */
  public static Brief of(EndedTest test) {
    var origin = test.test().origin();
    return new Brief(
        toTheMillisecond(test.times()),
        test.verdict(),
        test.reason().map(reason -> reason.fault().text()).orElse(""),
        test.reason().map(Reason::code).orElse(""),
        test.attempts(),
        (int)
            test.test().progress().reservedProducts().stream()
                .map(it -> it.id())
                .distinct()
                .count(),
        origin.project().map(ProjectId::value).orElse(""),
        origin.owner().map(UserId::value).orElse(""),
        test.client().toString(),
        test.node().map(NodeId::toString).orElse(""),
        test.test().demand().expression());
  }

  private static EndedTest.Times toTheMillisecond(EndedTest.Times times) {
    return new EndedTest.Times(
        times.received().truncatedTo(ChronoUnit.MILLIS),
        times.reserved().map(it -> it.truncatedTo(ChronoUnit.MILLIS)),
        times.started().map(it -> it.truncatedTo(ChronoUnit.MILLIS)),
        times.ended().truncatedTo(ChronoUnit.MILLIS));
  }

  /** When its last attempt got its products, if ever. */
  public Optional<Instant> reserved() {
    return times.reserved();
  }
}
