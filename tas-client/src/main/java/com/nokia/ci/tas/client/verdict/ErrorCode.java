package com.nokia.ci.tas.client.verdict;

import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.TimeLimit;
import java.util.Optional;

/**
 * Why a verdict is not PASS, for programs. Numbers never change their meaning: 1xx are for whoever
 * writes the thing under test, 2xx for whoever starts tests, 3xx for whoever runs the farm.
 */
public enum ErrorCode {
  /** Nothing is wrong. */
  NONE(0, "nothing is wrong", Optional.empty()),
  /** Cases in the results failed. */
  CASES_FAILED(101, "cases in the results failed", Optional.of(Fault.TEST)),
  /** The executor ended with a number other than 0, or the test failed otherwise by itself. */
  EXECUTOR_FAILED(102, "the executor failed", Optional.of(Fault.TEST)),
  /** Its timeout, waiting and all runs included, ran out when it was on a node. */
  RUN_TIMEOUT(103, "it ran longer than its timeout", Optional.of(Fault.TEST)),
  /** What the executor left as a report is none. */
  RESULTS_UNREADABLE(104, "the results cannot be read", Optional.of(Fault.TEST)),
  /** Its executor ran longer than its own limit for the execution. */
  EXECUTION_TIMEOUT(
      105, "its executor ran longer than its execution timeout", Optional.of(Fault.TEST)),
  /** The service did not accept it. */
  REFUSED(201, "the service refused it", Optional.of(Fault.REQUESTER)),
  /** Somebody stopped it. */
  STOPPED(202, "it was stopped", Optional.of(Fault.REQUESTER)),
  /** A file that it needs could not be delivered. */
  ARTIFACT(203, "an artifact could not be delivered", Optional.of(Fault.ARTIFACT)),
  /** It is described wrongly. */
  REQUESTER(204, "its description or its issuer is at fault", Optional.of(Fault.REQUESTER)),
  /** Its node did not have all that it needs within its own limit for the preparation. */
  PREPARATION_TIMEOUT(
      205, "it was not prepared within its preparation timeout", Optional.of(Fault.ARTIFACT)),
  /** Its products were busy until its limit for waiting, or too little of its timeout was left. */
  WAITING_TIMEOUT(301, "its products were not free in time", Optional.of(Fault.FARM)),
  /** The farm has no such products. */
  NO_RESOURCES(302, "the farm has no such products", Optional.of(Fault.FARM)),
  /** A product disappeared or misbehaved. */
  PRODUCT(303, "a product failed", Optional.of(Fault.PRODUCT)),
  /** A node was lost, is full or broken. */
  NODE(304, "a node failed", Optional.of(Fault.NODE)),
  /** The farm failed otherwise. */
  FARM(305, "the farm failed", Optional.of(Fault.FARM)),
  /** Nobody knows what became of it. */
  LOST(306, "the service could not be reached", Optional.of(Fault.FARM));

  private final int number;
  private final String meaning;
  private final Optional<Fault> fault;

  ErrorCode(int number, String meaning, Optional<Fault> fault) {
    this.number = number;
    this.meaning = meaning;
    this.fault = fault;
  }

  /** The number that programs compare; 0 to 999. */
  public int number() {
    return number;
  }

  /** What it means, without a capital and a full stop. */
  public String meaning() {
    return meaning;
  }

  /** Whose fault it is; empty when nothing is wrong. */
  public Optional<Fault> fault() {
    return fault;
  }

  /** The code of an ending; what the results of a finished test say is not looked at. */
  public static ErrorCode of(Ending ending) {
    return switch (ending.kind()) {
      case FINISHED -> NONE;
      case REFUSED -> REFUSED;
      case STOPPED -> STOPPED;
      case LOST -> LOST;
      case FAILED -> ofFailure(ending.fault().orElse(Fault.TEST), ending.reasonCode());
    };
  }

  private static ErrorCode ofFailure(Fault fault, String reasonCode) {
    Optional<TimeLimit> limit = TimeLimit.of(reasonCode);
    if (limit.isPresent()) {
      return switch (limit.get()) {
        case WAITING -> WAITING_TIMEOUT;
        case PREPARATION -> PREPARATION_TIMEOUT;
        case EXECUTION -> EXECUTION_TIMEOUT;
        case WHOLE -> fault == Fault.FARM ? WAITING_TIMEOUT : RUN_TIMEOUT;
      };
    }
    return switch (fault) {
      case TEST -> EXECUTOR_FAILED;
      case REQUESTER -> REQUESTER;
      case ARTIFACT -> ARTIFACT;
      case PRODUCT -> PRODUCT;
      case NODE -> NODE;
      case FARM -> reasonCode.equals("no-resources") ? NO_RESOURCES : FARM;
    };
  }
}
