/**
 * iOS devices, as the programs of libimobiledevice tell of them. Depends on {@code
 * ciproxy.detector}, {@code ciproxy.detector.process}, {@code commons.launch} and SLF4J.
 */
package com.nokia.ci.tas.ciproxy.detector.ios;
