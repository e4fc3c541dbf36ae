package com.nokia.ci.tas.communicator.execution;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tree of one run where there is no {@code /proc}: the executor, its descendants, and the
 * descendants that were seen at an earlier look. On Windows {@code taskkill} ends each with its
 * children.
 */
final class PortableProcessTree implements ProcessTree {
  private static final Logger LOG = LoggerFactory.getLogger(PortableProcessTree.class);

  private final ProcessHandle root;
  private final Platform platform;
  private final Map<Long, ProcessHandle> seen = new HashMap<>();

  PortableProcessTree(ProcessHandle root, Platform platform) {
    this.root = root;
    this.platform = platform;
    seen.put(root.pid(), root);
  }

  @Override
  public List<ProcessHandle> members() {
    for (var known : List.copyOf(seen.values())) {
      known.descendants().forEach(d -> seen.putIfAbsent(d.pid(), d));
    }
    seen.values().removeIf(member -> !member.isAlive() && member.pid() != root.pid());
    var alive = new ArrayList<>(seen.values());
    alive.removeIf(member -> !member.isAlive());
    return alive;
  }

  @Override
  public void kill(ProcessHandle member) {
    if (platform == Platform.WINDOWS) {
      try {
        new ProcessBuilder("taskkill", "/T", "/F", "/PID", Long.toString(member.pid()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
      } catch (IOException e) {
        LOG.atWarn().addKeyValue("pid", member.pid()).setCause(e).log("taskkill cannot be run");
      }
    }
    member.destroyForcibly();
  }
}
