/**
 * Who did what on the farm: log-ins, refusals of rights, stops by others, changes of keys, users
 * and projects.
 *
 * <p>Depends on {@code service.access} and {@code service.json}.
 */
package com.nokia.ci.tas.service.audit;
