package com.nokia.ci.tas.communicator.product;

import java.util.Map;

/**
 * A connected product as the CI proxy tells of it.
 *
 * @param rmCode product type, such as {@code RM-763}
 * @param connectionName name of its FUSE connection
 * @param connectionId id of its FUSE connection
 * @param imei never empty; fit for the name of a file
 * @param port where the proxy exposes it, as text
 * @param facts what the device says of itself, by name; checked as {@link DeviceFacts} says
 */
public record Device(
    String rmCode,
    String connectionName,
    String connectionId,
    String imei,
    String port,
    Map<String, String> facts) {
  public Device {
    facts = Map.copyOf(facts);
  }

  /** A device of which nothing else is known. */
  public Device(
      String rmCode, String connectionName, String connectionId, String imei, String port) {
    this(rmCode, connectionName, connectionId, imei, port, Map.of());
  }

  /** The same with other facts. */
  Device with(Map<String, String> newFacts) {
    return new Device(rmCode, connectionName, connectionId, imei, port, newFacts);
  }
}
