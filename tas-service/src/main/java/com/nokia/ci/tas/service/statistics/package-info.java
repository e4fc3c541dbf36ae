/**
 * Records of ended tests in the directory {@code statistics} (guide, "Statistics data about
 * executed tests will be collected"), and the score of the farm's estimates.
 *
 * <p>Depends on {@code service.farm} and {@code service.json}.
 */
package com.nokia.ci.tas.service.statistics;
