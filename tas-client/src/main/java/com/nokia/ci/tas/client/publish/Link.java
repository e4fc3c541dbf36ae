package com.nokia.ci.tas.client.publish;

import java.util.Objects;

/**
 * Where a person finds something.
 *
 * @param text what is there, in a few words
 * @param address a URL or a path
 */
public record Link(String text, String address) {
  public Link {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(address, "address");
  }
}
