package com.nokia.ci.tas.samples.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Three machines that are network namespaces of this one: a hub with a cable to each of two others,
 * which cannot reach each other. Nothing of it touches the machine's own network. Needs Linux and
 * root.
 */
final class Namespaces implements AutoCloseable {
  static final String HUB_TOWARDS_LEFT = "10.213.1.1";
  static final String LEFT = "10.213.1.2";
  static final String HUB_TOWARDS_RIGHT = "10.213.2.1";
  static final String RIGHT = "10.213.2.2";

  private static final int LIMIT_SECONDS = 60;

  private final String hub;
  private final String left;
  private final String right;

  private Namespaces(String mark) {
    hub = "tas-hub-" + mark;
    left = "tas-left-" + mark;
    right = "tas-right-" + mark;
  }

  /** Whether this machine lets us. */
  static boolean isAllowed() {
    String name = "tas-try-" + ProcessHandle.current().pid();
    try {
      run("ip", "netns", "add", name);
      run("ip", "netns", "del", name);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  static Namespaces make() throws IOException {
    var all = new Namespaces(Long.toString(ProcessHandle.current().pid()));
    try {
      for (String name : List.of(all.hub, all.left, all.right)) {
        run("ip", "netns", "add", name);
        run(all.inside(name, "ip", "link", "set", "lo", "up"));
      }
      all.connect(all.left, HUB_TOWARDS_LEFT, LEFT, "l");
      all.connect(all.right, HUB_TOWARDS_RIGHT, RIGHT, "r");
      return all;
    } catch (IOException e) {
      all.close();
      throw e;
    }
  }

  /** A command that runs at the hub. */
  List<String> atHub(List<String> command) {
    return inside(hub, command.toArray(String[]::new));
  }

  List<String> atLeft(List<String> command) {
    return inside(left, command.toArray(String[]::new));
  }

  List<String> atRight(List<String> command) {
    return inside(right, command.toArray(String[]::new));
  }

  /** Takes the cable of the left machine out, or puts it back. */
  void leftCable(Cable state) throws IOException {
    run(inside(hub, "ip", "link", "set", "hub-l", state == Cable.IN ? "up" : "down"));
  }

  enum Cable {
    IN,
    OUT
  }

  /** The left machine loses one of so many packets that come to it. */
  void leftLosesOneOf(int packets) throws IOException {
    run(inside(left, "nft", "add", "table", "inet", "loss"));
    run(
        inside(
            left,
            "nft",
            "add",
            "chain",
            "inet",
            "loss",
            "in",
            "{ type filter hook input priority 0 ; }"));
    run(
        inside(
            left,
            "nft",
            "add",
            "rule",
            "inet",
            "loss",
            "in",
            "iifname",
            "peer-l",
            "numgen",
            "random",
            "mod",
            Integer.toString(packets),
            "<",
            "1",
            "drop"));
  }

  /** The left machine gets another address; connections from the old one hang. */
  void moveLeftTo(String address) throws IOException {
    run(inside(left, "ip", "addr", "flush", "dev", "peer-l"));
    run(inside(left, "ip", "addr", "add", address + "/24", "dev", "peer-l"));
  }

  private void connect(String other, String hubAddress, String otherAddress, String mark)
      throws IOException {
    String near = "hub-" + mark;
    String far = "peer-" + mark;
    run(
        "ip", "link", "add", near, "netns", hub, "type", "veth", "peer", "name", far, "netns",
        other);
    run(inside(hub, "ip", "addr", "add", hubAddress + "/24", "dev", near));
    run(inside(hub, "ip", "link", "set", near, "up"));
    run(inside(other, "ip", "addr", "add", otherAddress + "/24", "dev", far));
    run(inside(other, "ip", "link", "set", far, "up"));
  }

  private List<String> inside(String name, String... command) {
    var all = new ArrayList<>(List.of("ip", "netns", "exec", name));
    all.addAll(List.of(command));
    return all;
  }

  private static void run(String... command) throws IOException {
    run(List.of(command));
  }

  private static void run(List<String> command) throws IOException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(String.join(" ", command) + " failed: " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(String.join(" ", command) + " was interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }

  @Override
  public void close() throws IOException {
    for (String name : List.of(hub, left, right)) {
      run("ip", "netns", "del", name);
    }
  }
}
