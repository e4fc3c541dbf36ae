/**
 * What the published client and the command line are made of. Not for plug-ins: it may change with
 * any version.
 *
 * <p>Sees tas-commons and nothing of {@code client} or {@code client.cli}. Messages arrive on event
 * loops, which only look things up; every call to an observer is made on a thread of its own pool,
 * one after another for each test, with no lock held.
 */
package com.nokia.ci.tas.client.internal;
