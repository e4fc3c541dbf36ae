/**
 * What a farm has done, in numbers: use of its products over time, how tests ended, how long they
 * waited, prepared and ran, what they wanted, and whose they were (guide, "Test farm's
 * utilization", "Daily workloads").
 *
 * <p>Counts what it is shown of history and of the farm; depends on {@code service.store} and
 * {@code service.farm}.
 */
package com.nokia.ci.tas.service.figures;
