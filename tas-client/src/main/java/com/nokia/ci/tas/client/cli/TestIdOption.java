package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.commons.model.TestId;
import picocli.CommandLine.Option;

/** Which test a command is about. */
final class TestIdOption {
  @Option(names = "--id", required = true, paramLabel = "ID", description = "Name of the test.")
  private String id = "";

  String text() {
    return id;
  }

  TestId id() {
    return new TestId(id);
  }
}
