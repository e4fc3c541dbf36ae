package com.nokia.ci.tas.communicator.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.fuzzing.Seeds;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What a CI proxy says is understood however it is cut, and names only products that may exist. */
class DeviceEventsFuzzTest {
  static Stream<byte[]> seeds() {
    return Seeds.of(
        "2@RM-763|USB4|GConnId_1|004402136230483|15001@RM-764|USB5|GConnId_2|2|$",
        "1@RM-763|USB4|GConnId_1|004402136230483|15001$0@a|b|c|004402136230483|$",
        "hello$2$1@||||$");
  }

  @MethodSource("seeds")
  @FuzzTest
  void anySplitOfTheBytesGivesTheSameProducts(byte[] bytes) {
    var atOnce = new DeviceEvents(Map.of(), /* asked= */ true);
    boolean told = atOnce.add(bytes, bytes.length);
    var oneByOne = new DeviceEvents(Map.of(), /* asked= */ true);
    boolean toldOneByOne = false;
    for (byte each : bytes) {
      toldOneByOne |= oneByOne.add(new byte[] {each}, 1);
    }
    var resumed = new DeviceEvents(Map.of(), /* asked= */ true);
    int half = bytes.length / 2;
    resumed.add(bytes, half);
    resumed.add(Arrays.copyOfRange(bytes, half, bytes.length), bytes.length - half);

    assertEquals(atOnce.devices(), oneByOne.devices());
    assertEquals(atOnce.devices(), resumed.devices());
    assertEquals(told, toldOneByOne);
    assertTrue(atOnce.devices().size() <= 1_000);
    atOnce
        .devices()
        .forEach(
            (imei, device) -> {
              assertEquals(imei, device.imei());
              assertEquals(Optional.empty(), SafeName.complaint("IMEI", imei));
            });
  }
}
