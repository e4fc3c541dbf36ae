package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.transport.Peer;

/** One connection a message; answers are dialled to us (wire protocol, section 1). */
final class PlainWay implements ServiceWay {
  private final Endpoint service;
  private final ServiceSearch search;

  PlainWay(Endpoint service, ServiceSearch search) {
    this.service = service;
    this.search = search;
  }

  /** A service that answers by dialling us. */
  record OpenPlainly(ServiceSearch.Found found) implements Open {
    @Override
    public Endpoint sender() {
      return found.own();
    }

    @Override
    public Endpoint own() {
      return found.own();
    }

    @Override
    public boolean isPlain() {
      return true;
    }

    @Override
    public boolean isFrom(Peer peer) {
      return peer.isLocal() || found.addresses().contains(peer.address().getAddress());
    }
  }

  @Override
  public void open(Owner owner) {
    var unused =
        search
            .find(service)
            .whenComplete(
                (found, failure) -> {
                  if (failure == null) {
                    owner.onOpen(new OpenPlainly(found), /* isRegistered= */ false);
                  } else {
                    owner.onLost(ServiceSearch.cause(failure));
                  }
                });
  }

  @Override
  public void close() {
    // there is nothing that is kept
  }
}
