/**
 * The command line: starts, stops and checks tests from a shell or a pipeline (guide, chapters on
 * issuing tests).
 *
 * <p>Sees {@code client.internal}, tas-commons and picocli; nothing sees it.
 */
package com.nokia.ci.tas.client.cli;
