package com.nokia.ci.tas.client.publish;

import com.nokia.ci.tas.client.verdict.JunitReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Publisher {@code junit}: one report for CI systems, as a file. */
public final class JunitPublisher implements Publisher {
  @Override
  public String name() {
    return "junit";
  }

  @Override
  public String target() {
    return "a file";
  }

  @Override
  public List<Link> publish(Report report, Wish wish) throws IOException {
    Path file = Path.of(wish.target());
    WholeFile.write(file, JunitReport.of(report.runs()));
    return List.of(new Link("JUnit report", file.toString()));
  }
}
