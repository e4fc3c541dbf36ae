package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.ProductDescription;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Services by the names that their products have for them: such a name need not mean anything on
 * this side of a NAT, so a service is dialled where it was when it gave us the product. For any
 * thread.
 */
final class ServiceNames {
  private static final int MOST = 1_000;

  private final ConcurrentMap<Endpoint, Endpoint> dialled = new ConcurrentHashMap<>();

  /** A service has reserved products for us. */
  void learn(Endpoint service, List<ProductDescription> products) {
    for (var product : products) {
      named(product).filter(it -> dialled.size() < MOST).ifPresent(it -> dialled.put(it, service));
    }
  }

  /** The service that a product names; empty when it names none. */
  static Optional<Endpoint> named(ProductDescription product) {
    String host = product.value(ProductAttribute.TAS_HOSTNAME);
    String port = product.value(ProductAttribute.TAS_PORT);
    try {
      return host.isEmpty() || port.isEmpty()
          ? Optional.empty()
          : Optional.of(new Endpoint(host, Integer.parseInt(port)));
    } catch (IllegalArgumentException noPort) {
      return Optional.empty();
    }
  }

  /** Where to dial a service that a product names. */
  Endpoint dialled(Endpoint named) {
    return dialled.getOrDefault(named, named);
  }
}
