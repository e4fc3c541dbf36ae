package com.nokia.ci.tas.service.json;

import com.nokia.ci.tas.service.access.AuditEntry;

/** A line of the audit log. */
public final class AuditJson {
  private AuditJson() {}

  /** One line, without its end. */
  public static String line(AuditEntry entry) {
    return FarmJson.object()
        .put("time", entry.at().toString())
        .put("who", entry.who())
        .put("from", entry.from())
        .put("what", entry.what())
        .put("on", entry.on())
        .put("outcome", entry.outcome())
        .toString();
  }
}
