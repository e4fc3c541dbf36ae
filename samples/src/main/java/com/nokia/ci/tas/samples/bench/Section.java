package com.nokia.ci.tas.samples.bench;

import java.util.List;

/**
 * A part of the table that can be measured by itself.
 *
 * @param name what it is asked for by, a word
 * @param subject what it measures, for whoever waits for it
 * @param rounds how often it is measured, so that the spread is seen
 * @param measurement how; each round gives figures of the same names
 */
record Section(String name, String subject, int rounds, Measurement measurement) {

  /** Takes figures. */
  interface Measurement {
    List<Figure> measure(Scene scene) throws Exception;
  }
}
