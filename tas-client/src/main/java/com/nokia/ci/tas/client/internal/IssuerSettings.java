package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.commons.Constant;
import com.nokia.ci.tas.commons.model.StandIns;
import com.nokia.ci.tas.commons.transport.Caps;
import com.nokia.ci.tas.commons.transport.Deadlines;
import com.nokia.ci.tas.commons.transport.ListenSettings;
import com.nokia.ci.tas.commons.transport.RetryPolicy;
import com.nokia.ci.tas.commons.transport.TransportSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Everything that can be set about an {@link Issuer}.
 *
 * @param host what peers are told to dial; empty: found by the rules for host names
 * @param listen where it listens
 * @param retries how hard a service is tried before it counts as lost
 * @param silence how long nothing is sent to a service that executes tests before it is asked for
 *     them
 * @param overtime how long after its timeout a test may stay without an end before it is given up
 * @param patience how long a file that is asked for a second time, or an observer that is asked for
 *     a stream, is waited for
 * @param transport of its network
 * @param speech how services and nodes are spoken to
 */
public record IssuerSettings(
    Optional<String> host,
    ListenSettings listen,
    RetryPolicy retries,
    Duration silence,
    Duration overtime,
    Duration patience,
    TransportSettings transport,
    Speech speech) {

  private static final int LOWEST_PORT = Constant.TEST_AUTOMATION_CLIENT_DEFAULT_PORT_NUMBER;
  private static final int HIGHEST_PORT = 65_535;

  /** Three tries 30 s apart, a check after 15 minutes, a port by chance. */
  public static IssuerSettings defaults() {
    return new IssuerSettings(
        Optional.empty(),
        anyPort(),
        new RetryPolicy(3, Duration.ofSeconds(30)),
        Duration.ofMinutes(15),
        Duration.ofMinutes(15),
        Duration.ofSeconds(60),
        new TransportSettings(Deadlines.DEFAULT, Caps.DEFAULT, 1, 4),
        Speech.DEFAULT);
  }

  public IssuerSettings withHost(String name) {
    return new IssuerSettings(
        Optional.of(name), listen, retries, silence, overtime, patience, transport, speech);
  }

  /** Listens there; a taken port is skipped for the next free one. */
  public IssuerSettings withPort(int port) {
    return new IssuerSettings(
        host,
        port == 0 ? ListenSettings.on(0) : ListenSettings.on(port).orNextFree(LOWEST_PORT),
        retries,
        silence,
        overtime,
        patience,
        transport,
        speech);
  }

  public IssuerSettings withRetries(RetryPolicy policy) {
    return new IssuerSettings(host, listen, policy, silence, overtime, patience, transport, speech);
  }

  public IssuerSettings withSilence(Duration limit) {
    return new IssuerSettings(host, listen, retries, limit, overtime, patience, transport, speech);
  }

  public IssuerSettings withOvertime(Duration limit) {
    return new IssuerSettings(host, listen, retries, silence, limit, patience, transport, speech);
  }

  public IssuerSettings withPatience(Duration limit) {
    return new IssuerSettings(host, listen, retries, silence, overtime, limit, transport, speech);
  }

  public IssuerSettings with(Speech other) {
    return new IssuerSettings(host, listen, retries, silence, overtime, patience, transport, other);
  }

  /** With further places where services may be instead. */
  public IssuerSettings with(StandIns standIns) {
    return new IssuerSettings(
        host,
        listen,
        retries,
        silence,
        overtime,
        patience,
        transport.with(transport.standIns().with(standIns)),
        speech);
  }

  private static ListenSettings anyPort() {
    int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT + 1);
    return ListenSettings.on(port).orNextFree(LOWEST_PORT);
  }
}
