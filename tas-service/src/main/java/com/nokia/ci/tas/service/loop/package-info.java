/**
 * The single writer of the farm: events in from anywhere, effects out to the edge, one thread
 * between.
 *
 * <p>Depends on {@code service.farm}, {@code commons.model} and SLF4J.
 */
package com.nokia.ci.tas.service.loop;
