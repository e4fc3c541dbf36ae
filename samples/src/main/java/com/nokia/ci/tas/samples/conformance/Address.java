package com.nokia.ci.tas.samples.conformance;

/**
 * Where somebody listens, as it stands in messages.
 *
 * @param host name or address
 * @param port from 0 to 65535
 */
record Address(String host, int port) {

  static Address parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon <= 0) {
      throw new IllegalArgumentException(text + " is not of the form host:port");
    }
    return new Address(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }

  String xml(String element) {
    return "\t<%s>\n\t\t<hostname>%s</hostname>\n\t\t<port>%d</port>\n\t</%s>\n"
        .formatted(element, host, port, element);
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
