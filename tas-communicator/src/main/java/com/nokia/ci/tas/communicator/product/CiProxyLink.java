package com.nokia.ci.tas.communicator.product;

import com.nokia.ci.tas.commons.model.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to the CI proxy, made again whenever it is lost (guide, "CI Proxy"). After each
 * connect the proxy is asked for its list; products that are not on it are gone. While the proxy is
 * away products stay as they were, for nobody knows better.
 *
 * <p>The proxy is asked for facts of the devices, too. One that closes the connection without
 * having told any may have done so because it does not know the question; then the next connection
 * is without it.
 */
public final class CiProxyLink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CiProxyLink.class);
  private static final byte[] LIST = {'1'};
  private static final byte[] LIST_AND_FACTS = {'1', '2'};
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  private final Endpoint proxy;
  private final Duration pause;
  private final Consumer<Map<String, Device>> connected;
  private final Object lock = new Object();
  private Map<String, Device> devices = Map.of();
  private Socket socket = new Socket();
  private boolean asking = true;
  private final CountDownLatch closed = new CountDownLatch(1);

  private CiProxyLink(Endpoint proxy, Duration pause, Consumer<Map<String, Device>> connected) {
    this.proxy = proxy;
    this.pause = pause;
    this.connected = connected;
  }

  /**
   * Begins to connect.
   *
   * @param pause from a lost connection to the next try
   * @param connected gets all connected products by IMEI whenever they may have changed, on the
   *     thread of this link
   */
  public static CiProxyLink start(
      Endpoint proxy, Duration pause, Consumer<Map<String, Device>> connected) {
    var link = new CiProxyLink(proxy, pause, connected);
    var thread = new Thread(link::run, "tas-ci-proxy");
    thread.setDaemon(true);
    thread.start();
    return link;
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed.countDown();
      closeSocket();
    }
  }

  private void run() {
    boolean told = false;
    while (open()) {
      try {
        socket.connect(
            new InetSocketAddress(proxy.host(), proxy.port()), (int) CONNECT_LIMIT.toMillis());
        LOG.atInfo().addKeyValue("from", proxy).log("connected to the CI proxy");
        told = false;
        converse();
        LOG.atWarn().addKeyValue("from", proxy).log("the CI proxy closed the connection");
      } catch (IOException e) {
        if (!told && !isClosed()) {
          told = true;
          LOG.atWarn()
              .addKeyValue("from", proxy)
              .addKeyValue("error", e.getMessage())
              .log("no connection to the CI proxy; it is tried again and again");
        }
      }
      rest();
    }
  }

  private void converse() throws IOException {
    socket.setKeepAlive(true);
    boolean asked = asking;
    asking = !asked;
    socket.getOutputStream().write(asked ? LIST_AND_FACTS : LIST);
    InputStream input = socket.getInputStream();
    var events = new DeviceEvents(devices, asked);
    var buffer = new byte[8 * 1024];
    for (int length = input.read(buffer); length >= 0; length = input.read(buffer)) {
      if (events.add(buffer, length)) {
        asking |= events.knowsFacts();
        devices = events.devices();
        connected.accept(devices);
      }
    }
  }

  /** A fresh socket for the next try; false when there is to be none. */
  private boolean open() {
    synchronized (lock) {
      socket = new Socket();
      return !isClosed();
    }
  }

  private void rest() {
    synchronized (lock) {
      closeSocket();
    }
    try {
      if (closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.atDebug().addKeyValue("from", proxy).log("no more connections to the CI proxy");
      }
    } catch (InterruptedException e) {
      closed.countDown();
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void closeSocket() {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("socket not closed");
    }
  }
}
