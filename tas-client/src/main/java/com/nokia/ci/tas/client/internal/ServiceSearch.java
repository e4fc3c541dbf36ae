package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.StandIns;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.transport.Transport;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** Looks a service up and dials it once: whether it is there at all is known at the first try. */
final class ServiceSearch {

  /** Names this client towards a host; may take a second. */
  @FunctionalInterface
  interface Names {
    Endpoint own(String host);
  }

  /**
   * A service that answered.
   *
   * @param own where we can be dialled from there, if at all
   * @param addresses of the service
   */
  record Found(Endpoint own, Set<InetAddress> addresses) {}

  private final Names names;
  private final Transport transport;
  private final StandIns standIns;
  private final Executor threads;

  ServiceSearch(Names names, Transport transport, StandIns standIns, Executor threads) {
    this.names = names;
    this.transport = transport;
    this.standIns = standIns;
    this.threads = threads;
  }

  /** Fails with {@link TasException}. */
  CompletableFuture<Found> find(Endpoint service) {
    return CompletableFuture.supplyAsync(() -> lookUp(service), threads)
        .thenCompose(found -> transport.probe(service).thenApply(from -> found));
  }

  /** What a failed search says. */
  static TasException cause(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof TasException known
        ? known
        : new TasException(String.valueOf(cause.getMessage()), cause);
  }

  private Found lookUp(Endpoint service) {
    var addresses = new HashSet<InetAddress>();
    for (var place : standIns.places(service)) {
      try {
        addresses.addAll(List.of(InetAddress.getAllByName(place.host())));
      } catch (UnknownHostException e) {
        throw new TasException(
            "the host " + place.host() + " of the service is not known; correct its name", e);
      }
    }
    return new Found(names.own(service.host()), Set.copyOf(addresses));
  }
}
