package com.nokia.ci.tas.service.access;

import com.nokia.ci.tas.commons.model.SafeName;
import java.time.Instant;

/**
 * Who did what: one line of the audit log. Never holds a secret.
 *
 * @param at when
 * @param who a name that the farm knows, or what is known instead of one
 * @param from the address, or {@code command line}
 * @param what the deed, such as {@code log-in} or {@code stop test}
 * @param on what it was done to; may be empty
 * @param outcome {@code done}, or why not
 */
public record AuditEntry(
    Instant at, String who, String from, String what, String on, String outcome) {

  /** The outcome of what succeeded. */
  public static final String DONE = "done";

  /** From whom an entry of the command line comes. */
  public static final String COMMAND_LINE = "command line";

  public AuditEntry {
    who = SafeName.shown(who);
    from = SafeName.shown(from);
    what = SafeName.shown(what);
    on = SafeName.shown(on);
    outcome = SafeName.shown(outcome);
  }
}
