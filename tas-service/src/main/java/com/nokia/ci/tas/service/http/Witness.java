package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.service.access.AuditEntry;
import com.nokia.ci.tas.service.audit.AuditLog;

/** Writes down who had what done from where, or was refused it. */
final class Witness {
  private final AuditLog audit;

  Witness(AuditLog audit) {
    this.audit = audit;
  }

  /** It is done. */
  void done(Request request, String what, String on) {
    record(request, what, on, AuditEntry.DONE);
  }

  /** It is not done. */
  void refused(Request request, String what, String on, String why) {
    record(request, what, on, "refused: " + why);
  }

  /**
   * It is not done, for it takes more rights.
   *
   * @return why, for whoever wanted it
   */
  String forbidden(Request request, String what, TestDescription test) {
    refused(request, what, test.id().test().value(), "it takes more rights");
    return "For your own test this takes the role submit, for that of others the role operate"
        + test.origin().project().map(it -> " in project " + it).orElse("")
        + ".";
  }

  private void record(Request request, String what, String on, String outcome) {
    audit.record(
        request.visitor().name(),
        request.peer().address().getAddress().getHostAddress(),
        what,
        on,
        outcome);
  }
}
