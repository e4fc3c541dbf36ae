package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.commons.message.ProductOperation;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProductStatus;
import com.nokia.ci.tas.commons.transport.Transport;
import com.nokia.ci.tas.commons.xml.Dialect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Gives products back to the services they belong to (guide, "Product releasing mode"). Each
 * product says itself which service that is. A service that we are speaking to is told the same
 * way; another one needs no registration for this, unless a key has to be shown to it.
 */
final class ProductRelease {
  private static final int MOST_TRIES = 3;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  /** Free, and reserved by nobody. */
  private static final Map<String, String> FREE =
      Map.of(
          ProductAttribute.STATUS.text(), ProductStatus.FREE.text(),
          ProductAttribute.STATUS_DETAILS.text(), "",
          ProductAttribute.RESERVATION_TIME.text(), "",
          ProductAttribute.RESERVATION_TIMEOUT.text(), "",
          ProductAttribute.DISCONNECTION_TIME.text(), "");

  private final Services services;
  private final Transport transport;
  private final ServiceSearch.Names names;
  private final Speech speech;

  ProductRelease(Services services, Transport transport, ServiceSearch.Names names, Speech speech) {
    this.services = services;
    this.transport = transport;
    this.names = names;
    this.speech = speech;
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
    Optional<Endpoint> service = ServiceNames.named(product);
    if (service.isEmpty()) {
      return CompletableFuture.completedFuture(
          "product " + product.id() + " is not released: it does not say which service it is of");
    }
    return send(service.get(), product)
        .orTimeout(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS)
        .handle(
            (done, failure) ->
                failure == null
                    ? ""
                    : "product " + product.id() + " is not released: " + cause(failure));
  }

  private CompletableFuture<Void> send(Endpoint service, ProductDescription product) {
    Endpoint dialled = services.names().dialled(service);
    if (services.isOpen(dialled) || speech.hasKey()) {
      ServiceLink link = services.link(dialled);
      return link.hand(us -> message(us.sender(), service, product))
          .whenComplete((done, failure) -> services.rest(dialled));
    }
    return send(service, message(names.own(service.host()), service, product), 1);
  }

  private CompletableFuture<Void> send(Endpoint service, ProductOperation message, int attempt) {
    CompletableFuture<Void> sent = transport.send(service, message, Dialect.ESCAPED);
    return attempt == MOST_TRIES
        ? sent
        : sent.exceptionallyCompose(failure -> send(service, message, attempt + 1));
  }

  private static ProductOperation message(
      Endpoint us, Endpoint service, ProductDescription product) {
    return new ProductOperation(
        us,
        service,
        ProductOperation.Kind.UPDATE,
        Optional.empty(),
        product.withoutSecrets().with(FREE));
  }

  private static String cause(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof TimeoutException
        ? "its service has not answered within " + LONGEST_WAIT.toSeconds() + " s"
        : cause.getMessage();
  }
}
