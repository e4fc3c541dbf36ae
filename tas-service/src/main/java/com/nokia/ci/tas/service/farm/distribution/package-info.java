/**
 * How the packages of a test are divided into sub-tests: the port for distributions of one's own,
 * and the three that every farm has.
 *
 * <p>As pure as the farm that uses it: depends on {@code java.*} and {@code commons.model} alone.
 */
package com.nokia.ci.tas.service.farm.distribution;
