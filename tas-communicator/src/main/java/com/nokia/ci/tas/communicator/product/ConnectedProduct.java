package com.nokia.ci.tas.communicator.product;

import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProductStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One connected product: what the CI proxy, its file and the service say, and what follows from it.
 * Immutable.
 *
 * @param device what the CI proxy says
 * @param file what the last readable text of the file says
 * @param problem what is wrong with the file, if anything
 * @param word what the service said
 * @param fitness what the health test of the node says
 */
record ConnectedProduct(
    Device device,
    ProductDescription file,
    Optional<String> problem,
    ServiceWord word,
    Fitness fitness) {
  /** Begins the status details of a product whose file is broken or breaks a rule. */
  static final String IMPROPER = "improper configuration: ";

  /** Begins the status details in the file of a product that the service disabled. */
  static final String BY_SERVICE = "disabled by the service: ";

  private static final String BY_MAINTAINER = "disabled by its maintainer";

  ConnectedProduct with(ServiceWord said) {
    return new ConnectedProduct(device, file, problem, said, fitness);
  }

  ConnectedProduct with(Device connected) {
    return new ConnectedProduct(connected, file, problem, word, fitness);
  }

  ConnectedProduct with(ProductDescription read, Optional<String> wrong) {
    return new ConnectedProduct(device, read, wrong, word, fitness);
  }

  ConnectedProduct with(Fitness now) {
    return new ConnectedProduct(device, file, problem, word, now);
  }

  /** Whether a person wrote {@code disabled} into the file. */
  boolean isDisabledByMaintainer() {
    String details = file.statusDetails();
    return file.status() == ProductStatus.DISABLED
        && !details.startsWith(IMPROPER)
        && !details.startsWith(BY_SERVICE);
  }

  /** Whether this node, not the service, keeps the product out of service. */
  boolean isDisabledHere() {
    return problem.isPresent() || isDisabledByMaintainer() || fitness.details().isPresent();
  }

  /** The product as the service and executors get to see it. */
  ProductDescription description(Surroundings surroundings) {
    var facts = new LinkedHashMap<>(facts(surroundings));
    facts.put("trace-connection-id", device.connectionId());
    facts.putAll(word.attributes());
    if (isDisabledHere()) {
      facts.put("status", ProductStatus.DISABLED.text());
      facts.put(
          "status-details",
          problem
              .map(sentence -> IMPROPER + sentence)
              .or(() -> fitness.details().filter(why -> !isDisabledByMaintainer()))
              .orElseGet(this::maintainersReason));
    }
    return DeviceFacts.under(file, device.facts()).with(facts);
  }

  /** What the file has to say, apart from what belongs to its maintainer. */
  Map<String, String> ownedValues(Surroundings surroundings, ProductText text) {
    var owned = new LinkedHashMap<>(facts(surroundings));
    if (text.has("trace-connection-id")) {
      owned.put("trace-connection-id", device.connectionId());
    }
    if (text.has("disconnection-time")) {
      owned.put("disconnection-time", "0");
    }
    if (!isDisabledByMaintainer() && hasKnownStatus()) {
      owned.put("status", problem.isPresent() ? "disabled" : word.status().text());
      owned.put("status-details", fileDetails());
      reservation(owned, text);
    }
    return owned;
  }

  /** A word that nobody understands is left for its maintainer to correct. */
  private boolean hasKnownStatus() {
    String status = file.value("status");
    return status.isEmpty() || ProductStatus.of(status).isPresent();
  }

  private String maintainersReason() {
    String details = file.statusDetails();
    return details.isEmpty() || details.equals(word.details()) ? BY_MAINTAINER : details;
  }

  private void reservation(Map<String, String> owned, ProductText text) {
    boolean reserved = word.status() == ProductStatus.BUSY;
    if (reserved || text.has("reservation-time")) {
      owned.put("reservation-time", reserved ? word.reservationTime() : "0");
    }
    if (reserved || text.has("reservation-timeout")) {
      owned.put("reservation-timeout", reserved ? word.reservationTimeout() : "21600000");
    }
  }

  private String fileDetails() {
    if (problem.isPresent()) {
      return IMPROPER + problem.get();
    }
    return word.status() == ProductStatus.DISABLED ? BY_SERVICE + word.details() : word.details();
  }

  private Map<String, String> facts(Surroundings surroundings) {
    var facts = new LinkedHashMap<String, String>();
    facts.put("fuse-connection-name", device.connectionName());
    facts.put("fuse-connection-id", device.connectionId());
    facts.put("imei", device.imei());
    facts.put("rm-code", device.rmCode());
    facts.put("tas-hostname", surroundings.service().host());
    facts.put("tas-port", Integer.toString(surroundings.service().port()));
    facts.put("hostname", surroundings.host());
    facts.put("ip", surroundings.address());
    facts.put("port", device.port());
    return facts;
  }
}
