/**
 * The single writer of the farm: events in from anywhere, into the store, effects out to the edge,
 * one thread between. Brings the farm back when the service starts.
 *
 * <p>Depends on {@code service.farm}, {@code service.store} (the port), {@code commons.model} and
 * SLF4J.
 */
package com.nokia.ci.tas.service.loop;
