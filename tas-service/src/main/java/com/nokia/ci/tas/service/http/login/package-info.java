/**
 * Who sits at a browser or stands behind a request: log-ins with their limits, sessions of
 * browsers, tokens of people for their programs.
 *
 * <p>Knows no HTTP. Depends on {@code commons.model}, {@code service.access} with its passwords and
 * its store, and {@code service.audit}.
 */
package com.nokia.ci.tas.service.http.login;
