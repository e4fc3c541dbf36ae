package com.nokia.ci.tas.samples.endtoend;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Patience;
import com.nokia.ci.tas.samples.farm.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * A farm whose nodes have one product each, and tests that say what their image is.
 *
 * @param clientArguments of each client
 */
record Exchange(Path scratch, LocalFarm farm, List<String> clientArguments) {
  private static final int IMAGE = 3 << 20;
  private static final String FIRST_IMEI = "00440213623048";

  /** What a node with that number has. */
  static String imei(int number) {
    return FIRST_IMEI + number;
  }

  /** Adds a node with one product; whatever is 1 MiB or larger it may have from others. */
  LocalFarm.Node addNode(int number, String... further) throws Exception {
    Path products =
        Files.writeString(
            scratch.resolve("products-" + number),
            "imei:" + imei(number) + ";rm-code:RM-763;" + System.lineSeparator());
    var arguments = new ArrayList<>(List.of("BorrowArtifacts=1M", "BorrowPatience=60"));
    arguments.addAll(List.of(further));
    return farm.addNode("node-" + number, products, 1, arguments.toArray(String[]::new));
  }

  /** A test with an image of its own, which says what it got and where. */
  ShellTest test(String id, int seed) throws IOException {
    var test =
        ShellTest.in(
            scratch,
            id,
            "sha256sum image.bin; grep -o '" + FIRST_IMEI + "[0-9]' \"$TAS_PRODUCTS\" | head -1\n");
    Files.write(image(test), content(seed));
    return test;
  }

  /** Whatever it was, it is something else of the same size now. */
  static void overwrite(ShellTest test) throws IOException {
    Path next = Files.write(test.workspace().resolve("next"), content(4711));
    Files.move(next, image(test), StandardCopyOption.ATOMIC_MOVE);
  }

  private static Path image(ShellTest test) {
    return test.workspace().resolve("image.bin");
  }

  static String digest(int seed) {
    return digest(content(seed));
  }

  static String digest(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] content(int seed) {
    var content = new byte[IMAGE];
    new Random(seed).nextBytes(content);
    return content;
  }

  /** Starts it; a requirement of any product but by its node's number. */
  Program start(ShellTest test, String requirement) throws IOException {
    var arguments = new ArrayList<>(List.of("--artifact", "image.bin", "--require", requirement));
    arguments.addAll(clientArguments);
    return test.start(farm, arguments.toArray(String[]::new));
  }

  /** Has an image brought to a node, and waits until the service knows that it is there. */
  void bring(int number, int seed) throws Exception {
    long before = held(number);
    var test = test("bring-" + number + "-" + seed, seed);
    try (var client = start(test, "imei:" + imei(number) + ";")) {
      if (client.exitCode() != 0) {
        throw new IllegalStateException(client.text());
      }
    }
    Patience.untilTrue(
        "the service knows what node " + number + " has", () -> held(number) >= before + IMAGE);
  }

  /** Bytes in the cache of a node, which it tells together with what they are. */
  private long held(int number) throws Exception {
    for (var node : new ObjectMapper().readTree(farm.get("/api/v1/nodes").body()).path("nodes")) {
      if (node.path("description").asText().equals("node-" + number)) {
        return node.path("facts").path("artifactCacheBytes").asLong();
      }
    }
    return 0;
  }
}
