package com.nokia.ci.tas.communicator.node;

import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.Reason;
import java.util.List;
import java.util.Optional;

/**
 * How an executor ended.
 *
 * @param exitCode 0: well; 128 + n: signal n ended it, or it says so of a program of its own
 * @param remark what else is known of its end; empty: nothing
 * @param sickProduct what it says of a product that is at fault, as a sentence
 */
public record ExecutorEnd(int exitCode, String remark, Optional<String> sickProduct) {
  private static final int SIGNALS = 128;

  /** The signals from 1 on as Linux numbers them. */
  private static final List<String> NAMES =
      List.of(
          "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2",
          "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG",
          "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS");

  /** An end of which nothing but the exit code is known. */
  public ExecutorEnd(int exitCode) {
    this(exitCode, "", Optional.empty());
  }

  /** Why the run has failed; a sick product is the reason whatever the exit code. */
  Optional<Reason> failure() {
    if (sickProduct.isPresent()) {
      String end = exitCode == 0 ? "" : " (" + sentence() + ")";
      return Optional.of(new Reason(Fault.PRODUCT, "product-sick", sickProduct.get() + end));
    }
    return exitCode == 0
        ? Optional.empty()
        : Optional.of(new Reason(Fault.TEST, "executor-failed", sentence()));
  }

  private String sentence() {
    int signal = exitCode - SIGNALS;
    String end =
        signal >= 1 && signal <= NAMES.size()
            ? "executor ended by signal %d (%s), exit code %d"
                .formatted(signal, NAMES.get(signal - 1), exitCode)
            : "executor ended with exit code " + exitCode;
    return remark.isEmpty() ? end : end + "; " + remark;
  }
}
