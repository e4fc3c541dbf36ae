package com.nokia.ci.tas.commons.launch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A machine with the names, addresses and routes that a test gives it. */
final class FakeNetwork implements Network {
  private final Map<String, List<InetAddress>> names = new HashMap<>();
  private final Map<InetAddress, InetAddress> routes = new HashMap<>();
  private final Set<InetAddress> own = new HashSet<>();
  private Optional<String> canonicalName = Optional.empty();
  private Optional<InetAddress> outward = Optional.empty();

  static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  FakeNetwork canonicalName(String name) {
    canonicalName = Optional.of(name);
    return this;
  }

  FakeNetwork resolves(String name, String literal) {
    names.computeIfAbsent(name, it -> new ArrayList<>()).add(address(literal));
    return this;
  }

  FakeNetwork outward(String literal) {
    outward = Optional.of(address(literal));
    own.add(address(literal));
    return this;
  }

  FakeNetwork reaches(String remote, String from) {
    resolves(remote, remote);
    routes.put(address(remote), address(from));
    own.add(address(from));
    return this;
  }

  @Override
  public Optional<String> canonicalName() {
    return canonicalName;
  }

  @Override
  public List<InetAddress> addressesOf(String name) {
    return names.getOrDefault(name, List.of());
  }

  @Override
  public Optional<InetAddress> sourceTowards(InetAddress remote) {
    return Optional.ofNullable(routes.get(remote));
  }

  @Override
  public Optional<InetAddress> outwardAddress() {
    return outward;
  }

  @Override
  public boolean isOwn(InetAddress address) {
    return address.isLoopbackAddress() || own.contains(address);
  }
}
