package com.nokia.ci.tas.service.http.view;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Addresses of pages about things with names from outside. */
public final class Address {
  private Address() {}

  /** The page of a node, by its {@code host:port}. */
  public static String ofNode(String node) {
    return "/nodes/" + encoded(node);
  }

  /** The page of a product, by its IMEI. */
  public static String ofProduct(String imei) {
    return "/products/" + encoded(imei);
  }

  /** The page of a test, by its id. */
  public static String ofTest(String id) {
    return "/tests/" + encoded(id);
  }

  /** The page of a plan, by what its run is called. */
  static String ofPlan(String run) {
    return "/plans/" + encoded(run);
  }

  static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
