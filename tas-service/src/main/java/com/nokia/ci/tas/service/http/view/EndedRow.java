package com.nokia.ci.tas.service.http.view;

import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.service.farm.EndedTest;
import java.time.Duration;
import java.util.List;

/**
 * An ended test on a page.
 *
 * @param link to its own page
 * @param verdict finished, failed, stopped or refused
 * @param reason why, unless it finished
 * @param fault whose fault that was, in words; empty when it finished or was stopped
 * @param ended when
 * @param took from its receipt to its end
 * @param attempts how many runs it had
 * @param nodes where the last one was; none or one
 * @param products what the last one had
 */
public record EndedRow(
    Link link,
    String verdict,
    String reason,
    String fault,
    Moment ended,
    String took,
    int attempts,
    List<Link> nodes,
    List<Link> products) {

  static EndedRow of(EndedTest ended, Telling telling) {
    return new EndedRow(
        Link.to(ended.test().id()),
        verdict(ended),
        ended.reason().map(Reason::sentence).map(telling::sentence).orElse(""),
        ended
            .reason()
            .filter(reason -> ended.verdict() != EndedTest.Verdict.STOPPED)
            .map(EndedRow::fault)
            .orElse(""),
        telling.moment(ended.times().ended()),
        Words.exactly(Duration.between(ended.times().received(), ended.times().ended())),
        ended.attempts(),
        ended.node().map(Link::to).stream().toList(),
        ended.test().progress().reservedProducts().stream().map(Link::to).distinct().toList());
  }

  /** As a person says it. */
  static String fault(Reason reason) {
    return switch (reason.fault()) {
      case TEST -> "the test";
      case REQUESTER -> "its issuer";
      case ARTIFACT -> "an artifact";
      case PRODUCT -> "a product";
      case NODE -> "a node";
      case FARM -> "the farm";
    };
  }

  static String verdict(EndedTest ended) {
    return switch (ended.verdict()) {
      case FINISHED -> "finished";
      case FAILED -> "failed";
      case STOPPED -> "stopped";
      case REFUSED -> "refused";
    };
  }
}
