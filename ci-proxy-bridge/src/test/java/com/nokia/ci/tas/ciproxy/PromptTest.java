package com.nokia.ci.tas.ciproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.ciproxy.detector.Device;
import com.nokia.ci.tas.ciproxy.detector.Plugboard;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a person can type. */
final class PromptTest {
  private final Map<String, Boolean> plugged = new LinkedHashMap<>(Map.of("1", true));
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final AtomicInteger quits = new AtomicInteger();

  private final Plugboard board =
      new Plugboard() {
        @Override
        public List<Device> known() {
          return plugged.keySet().stream()
              .map(it -> new Device(it, "RM-763", "USB" + it, "id", "1500" + it))
              .toList();
        }

        @Override
        public boolean isPlugged(String imei) {
          return plugged.getOrDefault(imei, false);
        }

        @Override
        public boolean plug(String imei, boolean in) {
          return plugged.replace(imei, in) != null;
        }
      };

  @Test
  void aProductIsUnpluggedAndPluggedAgain() {
    plugged.put("2", true);
    type("unplug 2\n");
    assertEquals(Map.of("1", true, "2", false), plugged);
    type("  PLUG   2  \n");
    assertEquals(Map.of("1", true, "2", true), plugged);
  }

  @Test
  void allOfThemGoAtOnce() {
    plugged.put("2", true);
    type("unplug all\n");
    assertEquals(Map.of("1", false, "2", false), plugged);
  }

  @Test
  void theListShowsWhatIsInAndOut() {
    plugged.put("2", false);
    assertEquals(
        "in       1 RM-763 USB1 port 15001\nout      2 RM-763 USB2 port 15002\n", type("list\n"));
  }

  @Test
  void whatCannotBeDoneIsSaid() {
    assertEquals("There is no product 3; list shows them.\n", type("plug 3\n"));
    assertEquals("Name the IMEI of a product, or all; list shows them.\n", type("unplug\n"));
    assertEquals(
        "\"pulg\" is not a command; did you mean plug? Type help for all commands.\n",
        type("pulg 1\n"));
    assertTrue(type("help\n").contains("unplug <IMEI> | all"));
  }

  @Test
  void quitEndsTheBridgeAndReadsNoFurther() {
    type("quit\nunplug 1\n");
    assertEquals(1, quits.get());
    assertEquals(Map.of("1", true), plugged);
  }

  @Test
  void theEndOfTheInputEndsNothingElse() {
    assertEquals("", type(""));
    assertEquals(0, quits.get());
  }

  private String type(String lines) {
    out.reset();
    new Prompt(
            List.of(board),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            quits::incrementAndGet)
        .obey(new BufferedReader(new StringReader(lines)));
    return out.toString(StandardCharsets.UTF_8);
  }
}
