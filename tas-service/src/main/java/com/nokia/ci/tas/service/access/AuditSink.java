package com.nokia.ci.tas.service.access;

/** Takes what shall stand in the audit log; returns at once, any thread. */
@FunctionalInterface
public interface AuditSink {
  /** See {@link AuditEntry} for what the texts are. */
  void record(String who, String from, String what, String on, String outcome);
}
