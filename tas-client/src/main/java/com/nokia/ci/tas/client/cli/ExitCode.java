package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.client.verdict.Ending;
import com.nokia.ci.tas.commons.model.Fault;
import java.util.Optional;

/** What the process says to the one that started it. */
enum ExitCode {
  FINISHED(0),
  FAILED(1),
  WRONG_USAGE(2),
  REFUSED(3),
  STOPPED(4),
  INFRASTRUCTURE(5);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  /** Of several tests the gravest counts: that one has failed is what a pipeline must hear. */
  int gravity() {
    return switch (this) {
      case FINISHED -> 0;
      case STOPPED -> 1;
      case INFRASTRUCTURE -> 2;
      case REFUSED -> 3;
      case FAILED -> 4;
      case WRONG_USAGE -> 5;
    };
  }

  /**
   * The code for how a test ended.
   *
   * @param fault whose fault a failure is, where the service says so
   */
  static ExitCode of(Ending.Kind kind, Optional<Fault> fault) {
    return switch (kind) {
      case FINISHED -> FINISHED;
      case REFUSED -> REFUSED;
      case STOPPED -> STOPPED;
      case LOST -> INFRASTRUCTURE;
      case FAILED -> fault.map(ExitCode::ofFailure).orElse(FAILED);
    };
  }

  private static ExitCode ofFailure(Fault fault) {
    return switch (fault) {
      case TEST, REQUESTER, ARTIFACT -> FAILED;
      case PRODUCT, NODE, FARM -> INFRASTRUCTURE;
    };
  }
}
