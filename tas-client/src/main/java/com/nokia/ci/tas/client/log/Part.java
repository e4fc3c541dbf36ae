package com.nokia.ci.tas.client.log;

/** The parts that have to do with a test. */
public enum Part {
  /** The program that started it, and its way to the service. */
  CLIENT,
  /** The service: the queue, the products, the attempts. */
  SERVICE,
  /** The node: workspace, files, processes. */
  NODE,
  /** What was run on it. */
  EXECUTOR
}
