package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.transport.FileSink;
import java.util.function.Consumer;

/** Asks nodes for what they keep of runs. Nothing here blocks. */
@FunctionalInterface
public interface RunFiles {
  /**
   * Asks for a file.
   *
   * @param name {@code output}, or that of a file of the results
   * @param from how much of the output is known
   * @param sink gets the bytes
   * @param refused is told instead, on any thread, in a sentence, when there will be none
   */
  void ask(
      NodeId node, RuntimeId run, String name, long from, FileSink sink, Consumer<String> refused);
}
