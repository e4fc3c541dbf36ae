/**
 * Programs that detectors run: bounded in time and output, ended with whoever started them. Depends
 * on {@code commons.model} and SLF4J.
 */
package com.nokia.ci.tas.ciproxy.detector.process;
