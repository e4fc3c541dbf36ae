package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.commons.message.ProductOperation;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProductStatus;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.transport.Transport;
import com.nokia.ci.tas.commons.xml.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * Gives products back to the services they belong to (guide, "Product releasing mode"). Each
 * product says itself which service that is.
 */
final class ProductRelease {
  private static final int MOST_TRIES = 3;

  /** Free, and reserved by nobody. */
  private static final Map<String, String> FREE =
      Map.of(
          ProductAttribute.STATUS.text(), ProductStatus.FREE.text(),
          ProductAttribute.STATUS_DETAILS.text(), "",
          ProductAttribute.RESERVATION_TIME.text(), "",
          ProductAttribute.RESERVATION_TIMEOUT.text(), "",
          ProductAttribute.DISCONNECTION_TIME.text(), "");

  private final Transport transport;
  private final Function<String, Endpoint> sender;

  /**
   * Releases over a network.
   *
   * @param sender the name of this client towards a host
   */
  ProductRelease(Transport transport, Function<String, Endpoint> sender) {
    this.transport = transport;
    this.sender = sender;
  }

  /**
   * Hands over one message for each product and waits for that.
   *
   * @return a sentence for each product that could not be given back
   */
  List<String> release(List<ProductDescription> products) {
    var sent = new ArrayList<CompletableFuture<String>>();
    for (var product : products) {
      sent.add(send(product));
    }
    return sent.stream().map(CompletableFuture::join).filter(it -> !it.isEmpty()).toList();
  }

  private CompletableFuture<String> send(ProductDescription product) {
    Endpoint service;
    try {
      service = service(product);
    } catch (TasException e) {
      return CompletableFuture.completedFuture(e.getMessage());
    }
    var message =
        new ProductOperation(
            sender.apply(service.host()),
            service,
            ProductOperation.Kind.UPDATE,
            Optional.empty(),
            product.withoutSecrets().with(FREE));
    return send(service, message, 1)
        .handle(
            (done, failure) ->
                failure == null
                    ? ""
                    : "product " + product.id() + " is not released: " + cause(failure));
  }

  private CompletableFuture<Void> send(Endpoint service, ProductOperation message, int attempt) {
    CompletableFuture<Void> sent = transport.send(service, message, Dialect.ESCAPED);
    return attempt == MOST_TRIES
        ? sent
        : sent.exceptionallyCompose(failure -> send(service, message, attempt + 1));
  }

  private static Endpoint service(ProductDescription product) {
    String host = product.value(ProductAttribute.TAS_HOSTNAME);
    String port = product.value(ProductAttribute.TAS_PORT);
    if (host.isEmpty() || port.isEmpty()) {
      throw new TasException(
          "product " + product.id() + " is not released: it does not say which service it is of");
    }
    return new Endpoint(host, Integer.parseInt(port));
  }

  private static String cause(Throwable failure) {
    return failure instanceof CompletionException
        ? failure.getCause().getMessage()
        : failure.getMessage();
  }
}
