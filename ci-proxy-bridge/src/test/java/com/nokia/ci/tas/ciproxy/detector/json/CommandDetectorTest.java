package com.nokia.ci.tas.ciproxy.detector.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.ciproxy.detector.ContractOf;
import com.nokia.ci.tas.ciproxy.detector.Detector;
import com.nokia.ci.tas.ciproxy.detector.Device;
import com.nokia.ci.tas.ciproxy.detector.Facts;
import com.nokia.ci.tas.ciproxy.detector.SourceContract;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program of the node owner's that prints JSON: here one that prints a file and ends. */
@ContractOf(CommandProvider.class)
final class CommandDetectorTest extends SourceContract {
  private static final CommandDetector.Pace HURRIED =
      new CommandDetector.Pace(Duration.ofMillis(20), Duration.ofSeconds(60));
  private static final String ONE =
      "{\"imei\":\"004402136230483\",\"rmCode\":\"RM-763\",\"port\":15001,\"osVersion\":\"14\"}";
  private static final String TWO = "{\"sn\":\"ABCD1234\",\"cable\":\"usb:1-1.4\"}";

  @TempDir Path directory;

  @BeforeEach
  void plugInTwo() throws IOException {
    bringTheSourceBack();
  }

  @Override
  protected Detector newDetector() {
    return new CommandDetector(List.of("/bin/cat", list().toString()), HURRIED, Optional.empty());
  }

  @Override
  protected void unplugOne() throws IOException {
    print("[" + ONE + "]");
  }

  @Override
  protected void plugItAgain() throws IOException {
    print("[" + ONE + "," + TWO + "]");
  }

  @Override
  protected void loseTheSource() throws IOException {
    Files.delete(list());
  }

  @Override
  protected void talkNonsense() throws IOException {
    print("<html>\n{}\n[1]\n[[]]\n[{\"imei\":\n[{\"imei\":\"\"}]\n\u0000\n[] []\n");
  }

  @Override
  protected void bringTheSourceBack() throws IOException {
    print("[" + ONE + "," + TWO + "]");
  }

  @Override
  protected void plugInOneThatSays(String text) throws IOException {
    var json = new StringBuilder();
    text.chars().forEach(c -> json.append("\\u%04x".formatted(c)));
    print(
        "[%s,%s,{\"imei\":\"%s\",\"rmCode\":\"%s\",\"fuseConnectionName\":\"%s\",\"x\":\"%s\"}]"
            .formatted(ONE, TWO, json, json, json, json));
  }

  @Override
  protected void plugInMany(int count) throws IOException {
    print(
        IntStream.range(0, count)
            .mapToObj("{\"imei\":\"many%d\"}"::formatted)
            .collect(Collectors.joining(",", "[", "]")));
  }

  @Override
  protected int most() {
    return JsonDevices.MOST;
  }

  @Test
  void whatIsNotPartOfAConnectionIsAFact() throws Exception {
    start();
    awaitCount(2);
    assertEquals(
        List.of(
            new Device(
                "004402136230483",
                "RM-763",
                "004402136230483",
                "command-004402136230483",
                "15001",
                Facts.of(Map.of("os-version", "14"))),
            new Device(
                "ABCD1234",
                "unknown",
                "ABCD1234",
                "command-ABCD1234",
                "",
                Facts.of(Map.of("sn", "ABCD1234", "cable", "usb:1-1.4")))),
        detector().devices());
  }

  @Test
  void aProgramThatGoesOnPrintsALineAtEachChange() throws Exception {
    Path pipe = directory.resolve("pipe");
    new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor(60, TimeUnit.SECONDS);
    var seen = new LinkedBlockingQueue<Integer>();
    var detector =
        new CommandDetector(List.of("/bin/cat", pipe.toString()), HURRIED, Optional.empty());
    detector.start(() -> seen.add(detector.devices().size()));
    try (detector;
        OutputStream out = Files.newOutputStream(pipe)) {
      for (var line : List.of("[" + ONE + "]", "nonsense", "[" + ONE + "," + TWO + "]", "[]")) {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      }
      for (int count : List.of(1, 2, 0)) {
        assertEquals(count, seen.poll(60, TimeUnit.SECONDS));
      }
    }
  }

  @Test
  void aCommandIsSplitAtBlanksOutsideQuotesWithoutAShell() {
    assertEquals(
        List.of("list devices", "--all", "a b=c d", "$HOME;"),
        CommandLine.split("\"list devices\" --all  a\" b=c\"\" d\" $HOME;"));
    Path program = directory.resolve("my program");
    assertEquals(
        List.of(program.getParent() + "/my", "program"), CommandLine.split(program.toString()));
  }

  @Test
  void aProgramWithABlankInItsNameIsTakenWhole() throws IOException {
    Path program = Files.createFile(directory.resolve("my program"));
    assertTrue(program.toFile().setExecutable(true));
    assertEquals(List.of(program.toString()), CommandLine.split(program.toString()));
  }

  private void print(String text) throws IOException {
    Path next = Files.writeString(directory.resolve("next"), text + "\n");
    Files.move(next, list(), StandardCopyOption.ATOMIC_MOVE);
  }

  private Path list() {
    return directory.resolve("list.json");
  }
}
