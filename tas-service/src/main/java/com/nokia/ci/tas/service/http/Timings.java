package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.service.measure.Histogram;

/**
 * How long the service takes for what it does, since it started.
 *
 * @param decisions of the farm, an event each
 * @param writes to the store, a batch each
 */
public record Timings(Histogram decisions, Histogram writes) {}
