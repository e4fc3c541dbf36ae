package com.nokia.ci.tas.client.publish;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Publisher {@code html}: one page that needs nothing beside it, for people. */
public final class HtmlPublisher implements Publisher {
  @Override
  public String name() {
    return "html";
  }

  @Override
  public String target() {
    return "a file";
  }

  @Override
  public List<Link> announce(Announcement announcement, Wish wish) {
    return List.of(new Link("report", Path.of(wish.target()).toString()));
  }

  @Override
  public List<Link> publish(Report report, Wish wish) throws IOException {
    WholeFile.write(Path.of(wish.target()), HtmlReport.of(report));
    return List.of(new Link("report", Path.of(wish.target()).toString()));
  }
}
