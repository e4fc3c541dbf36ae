package com.nokia.ci.tas.service.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkListTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10.1.0.0/16        | 10.1.255.7      | true",
        "10.1.0.0/16        | 10.2.0.1        | false",
        "10.1.2.3           | 10.1.2.3        | true",
        "10.1.2.3           | 10.1.2.4        | false",
        "10.1.2.128/25      | 10.1.2.200      | true",
        "10.1.2.128/25      | 10.1.2.100      | false",
        "0.0.0.0/0          | 203.0.113.9     | true",
        "0.0.0.0/0          | fd00::1         | false",
        "fd00::/8           | fd12::9         | true",
        "fd00::/8           | fe80::9         | false",
        "192.0.2.1 10.0.0.9 | 10.0.0.9        | true",
        "192.0.2.1,10.0.0.9 | 10.0.0.9        | true",
        "10.1.0.0/16        | ::ffff:10.1.0.1 | true"
      })
  void anAddressLiesInTheNetworksThatAreWritten(String networks, String address, boolean inside)
      throws UnknownHostException {
    assertEquals(
        inside, NetworkList.parse(networks).contains(InetAddress.getByName(address)), networks);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lab.example",
        "10.1.0.0/33",
        "10.1.0.0/-1",
        "10.1.0.0/",
        "10.1/16",
        "10.1.0.0/x",
        "fd00::/129",
        "300.1.1.1",
        "*",
        "fd00:::1"
      })
  void whatIsNoNetworkIsRefusedByName(String text) {
    var refusal = assertThrows(IllegalArgumentException.class, () -> NetworkList.parse(text));
    assertTrue(refusal.getMessage().contains(text), refusal.getMessage());
  }

  @Test
  void anEmptyListHoldsNobody() {
    assertEquals(NetworkList.NOBODY, NetworkList.parse(" "));
  }
}
