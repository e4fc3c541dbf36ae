/**
 * The main job from a fresh clone: a farm of real processes in a scratch directory, one test on it,
 * a verdict, and nothing left behind ({@code ./tas demo}).
 *
 * <p>Depends on the client library and {@code samples.farm}.
 */
package com.nokia.ci.tas.samples.demo;
