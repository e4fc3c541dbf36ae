package com.nokia.ci.tas.service.http.view;

/**
 * The page of a plan.
 *
 * @param frame what is around it
 * @param run what is known of the run
 */
public record PlanPage(Frame frame, PlannedRun run) {

  /** The page of a test. */
  public static Link link(PlannedRun.Member test) {
    return new Link(test.id(), Address.ofTest(test.id()));
  }
}
