/**
 * What outlives a service: the port to the journal of the farm and to the history of its tests.
 *
 * <p>The state of a farm is its last checkpoint and the batches of events behind it, applied again.
 * The implementations are in {@code service.store.sql}; how events and images become bytes is in
 * {@code service.store.json}.
 *
 * <p>Depends on {@code service.farm} and {@code commons.model}.
 */
package com.nokia.ci.tas.service.store;
