package io.netty.channel;

/** Another version, in which everything is different. */
public final class Channel {
  public static String version() {
    return "another version";
  }
}
