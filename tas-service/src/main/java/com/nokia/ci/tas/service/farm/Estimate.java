package com.nokia.ci.tas.service.farm;

import java.time.Duration;
import java.time.Instant;

/**
 * When a waiting test is expected to start, by how long earlier runs took.
 *
 * @param start of its run; not a promise
 * @param error how far off that may well be, either way
 */
public record Estimate(Instant start, Duration error) {}
