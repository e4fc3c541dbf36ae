/**
 * Devices that a program of the node owner's tells of, as JSON. Depends on {@code
 * ciproxy.detector}, {@code ciproxy.detector.process}, {@code commons.launch}, {@code
 * commons.model}, Jackson's streams and SLF4J.
 */
package com.nokia.ci.tas.ciproxy.detector.json;
