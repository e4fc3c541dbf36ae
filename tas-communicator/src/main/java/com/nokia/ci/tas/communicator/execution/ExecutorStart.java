package com.nokia.ci.tas.communicator.execution;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How the process of an executor begins.
 *
 * @param line the absolute path of the program and its arguments
 * @param variables set beside those of the node itself
 * @param directory where it begins to work
 * @param limits what it may use of the machine
 */
record ExecutorStart(
    List<String> line, Map<String, String> variables, Path directory, ExecutorLimits limits) {
  ExecutorStart {
    line = List.copyOf(line);
    variables = Map.copyOf(variables);
  }
}
