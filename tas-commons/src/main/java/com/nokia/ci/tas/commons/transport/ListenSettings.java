package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.trust.Tls;
import io.netty.channel.ChannelPipeline;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Where to listen and what for.
 *
 * @param host the address to bind, empty for all addresses of the machine
 * @param port the port, 0 for any free one
 * @param wrapTo when present, a taken port is no failure: the next ones are tried up to 65535, then
 *     from this one on (guide, "Communicator": port numbers)
 * @param http when present, connections that begin with an HTTP request line are given to it: it
 *     adds its handlers to the pipeline on the event loop, and the bytes read so far are replayed
 *     to them; from then on deadlines and closing are its business. HTTP requests are not subject
 *     to {@link MessageReceiver#admit}
 * @param tls asked for each connection that begins with TLS; when present it is taken on the same
 *     port, whatever it carries, so that keys may be made and renewed while the port is open
 * @param sessions when present, sessions that peers offer are taken; else their registrations are
 *     plain ones
 */
public record ListenSettings(
    String host,
    int port,
    OptionalInt wrapTo,
    Optional<Consumer<ChannelPipeline>> http,
    Supplier<Optional<Tls>> tls,
    Optional<AcceptedSessions> sessions) {

  /**
   * How sessions are accepted.
   *
   * @param admission who may open one
   * @param watch who is told of them
   * @param limits how long peers may take
   */
  public record AcceptedSessions(
      SessionAdmission admission, SessionWatch watch, SessionLimits limits) {}

  public ListenSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
    }
  }

  /** This port on all addresses of the machine, for messages alone. */
  public static ListenSettings on(int port) {
    return new ListenSettings(
        "", port, OptionalInt.empty(), Optional.empty(), Optional::empty, Optional.empty());
  }

  public ListenSettings boundTo(String address) {
    return new ListenSettings(address, port, wrapTo, http, tls, sessions);
  }

  /** A taken port is skipped for the next free one; after 65535 comes {@code lowest}. */
  public ListenSettings orNextFree(int lowest) {
    return new ListenSettings(host, port, OptionalInt.of(lowest), http, tls, sessions);
  }

  public ListenSettings withHttp(Consumer<ChannelPipeline> handlers) {
    return new ListenSettings(host, port, wrapTo, Optional.of(handlers), tls, sessions);
  }

  public ListenSettings withTls(Tls acceptor) {
    return withTls(() -> Optional.of(acceptor));
  }

  /** TLS with keys that may come, change and go while the port is open. */
  public ListenSettings withTls(Supplier<Optional<Tls>> acceptor) {
    return new ListenSettings(host, port, wrapTo, http, acceptor, sessions);
  }

  /** Takes sessions, with the usual limits. */
  public ListenSettings withSessions(SessionAdmission admission, SessionWatch watch) {
    return withSessions(admission, watch, SessionLimits.DEFAULT);
  }

  /** Takes sessions. */
  public ListenSettings withSessions(
      SessionAdmission admission, SessionWatch watch, SessionLimits limits) {
    var accepted = new AcceptedSessions(admission, watch, limits);
    return new ListenSettings(host, port, wrapTo, http, tls, Optional.of(accepted));
  }
}
