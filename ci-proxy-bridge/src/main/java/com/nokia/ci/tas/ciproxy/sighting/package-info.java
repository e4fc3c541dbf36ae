/**
 * From what detectors see to the products of a node: what the farm calls them, which cables are not
 * to be trusted, and which sightings are one and the same product.
 *
 * <p>Everything but the reading of a file is decided without a clock, by one thread. Depends on
 * {@code ciproxy.detector}, {@code commons.launch}, {@code commons.model} and SLF4J.
 */
package com.nokia.ci.tas.ciproxy.sighting;
