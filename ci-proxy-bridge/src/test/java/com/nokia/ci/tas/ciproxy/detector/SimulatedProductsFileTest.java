package com.nokia.ci.tas.ciproxy.detector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SimulatedProductsFileTest {

  @Test
  void everythingCanBeSaidOfAProduct() {
    assertEquals(
        List.of(new Device("1", "RM-1", "NFPD TCP_FPS21XX", "GConnId_5685fac9", "16001")),
        devices(
            "imei:1;rm-code:RM-1;fuse-connection-name:NFPD TCP_FPS21XX;"
                + "fuse-connection-id:GConnId_5685fac9;port:16001;"));
  }

  @Test
  void whateverElseIsSaidOfAProductIsAFact() {
    assertEquals(
        Map.of("battery", "85", "os-version", "14"),
        devices("imei:1;battery:85;os-version: 14;").get(0).facts().values());
  }

  @Test
  void whatIsNotSaidIsAsWithANumberOfProducts() {
    assertEquals(
        List.of(
            new Device("1", "RM-763", "USB1", "GConnId_0000000000000001", "15000"),
            new Device("2", "RM-763", "USB2", "GConnId_0000000000000002", "15001")),
        devices("# two\n\n imei : 1 \r\nimei:2;\n"));
  }

  @Test
  void aBadLineIsReportedWithItsNumberAndTheOthersCount() {
    var content =
        SimulatedProductsFile.parse(
            "imei:1;\nrm-code:RM-1;\nimei:2;rmcode:RM-1;\nimei\nimei:1;\nimei:3;\n", imei -> 1);
    assertEquals(List.of("1", "3"), content.devices().stream().map(Device::imei).toList());
    assertEquals(
        List.of(
            "line 2: it has no imei; the line is ignored",
            "line 3: \"rmcode\" is not one of imei, rm-code, fuse-connection-name,"
                + " fuse-connection-id, port, nor the name of a fact; did you mean rm-code?; the line is ignored",
            "line 4: \"imei\" is not of the form name:value; the line is ignored",
            "line 5: imei 1 is listed a second time; the line is ignored"),
        content.badLines());
  }

  private static List<Device> devices(String text) {
    return SimulatedProductsFile.parse(text, Integer::parseInt).devices();
  }
}
