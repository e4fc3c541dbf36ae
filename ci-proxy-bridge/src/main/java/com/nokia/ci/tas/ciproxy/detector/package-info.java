/**
 * Where the bridge learns which products are plugged in: one detector a source.
 *
 * <p>A detector knows devices and nobody who asks for them. Depends on {@code java.*}, {@code
 * commons.launch}, {@code commons.model} and SLF4J. Further detectors are found by {@link
 * java.util.ServiceLoader} as implementations of {@link
 * com.nokia.ci.tas.ciproxy.detector.DetectorProvider}.
 */
package com.nokia.ci.tas.ciproxy.detector;
