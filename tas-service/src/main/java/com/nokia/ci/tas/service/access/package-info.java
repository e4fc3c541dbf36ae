/**
 * Who may come in from another machine: the keys of a farm, and what each of them allows.
 *
 * <p>Values and decisions; what is kept in files is in {@code access.store}, how certificates are
 * made in {@code access.keys}, what stands at the port in {@code access.door}. Depends on {@code
 * commons.model}, {@code commons.message}, {@code commons.transport} and {@code commons.trust}.
 */
package com.nokia.ci.tas.service.access;
