package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.commons.model.Rights;
import com.nokia.ci.tas.commons.transport.Peer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Requests as tests make them, from this machine unless they say otherwise. */
final class Asked {
  static final InetSocketAddress SERVICE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 31_415);
  static final Peer HERE =
      new Peer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000), SERVICE);

  private Asked() {}

  static Request get(String target) {
    return with("GET", target);
  }

  /** By somebody unknown who may see everything. */
  static Request with(String method, String target) {
    return new Request(
        method, target, Map.of(), "", HERE, Visitor.anonymous(Rights.onFarm(AccessRole.VIEW)));
  }

  /** The same with a header more. */
  static Request with(Request request, String header, String value) {
    var headers = new HashMap<>(request.headers());
    headers.put(header.toLowerCase(Locale.ROOT), value);
    return new Request(
        request.method(),
        request.target(),
        headers,
        request.body(),
        request.peer(),
        request.visitor());
  }

  /** The same from elsewhere. */
  static Request from(Request request, Peer peer) {
    return new Request(
        request.method(),
        request.target(),
        request.headers(),
        request.body(),
        peer,
        request.visitor());
  }

  /** What a site answers that answers at once. */
  static Answer answer(Answering site, Request request) {
    return site.answer(request).join();
  }
}
