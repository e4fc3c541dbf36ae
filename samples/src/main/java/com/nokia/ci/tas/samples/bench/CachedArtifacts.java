package com.nokia.ci.tas.samples.bench;

import com.nokia.ci.tas.samples.farm.LocalFarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.io.FileUtils;

/**
 * What a node fetches and keeps: many small artifacts, and a large one that it has already. Runs
 * alone or as part of {@link Bench}.
 */
public final class CachedArtifacts {
  private static final int ROUNDS = 5;
  private static final int SMALL_FILES = 10_000;
  private static final int SMALL = 4096;
  private static final long LARGE = 1L << 30;

  private CachedArtifacts() {}

  /**
   * Measures this alone and prints the table; with the word {@code small} the small files alone.
   */
  public static void main(String[] arguments) throws Exception {
    Path scratch = Files.createTempDirectory("tas-bench");
    try {
      System.out.println(Figure.header());
      if (List.of(arguments).contains("small")) {
        System.out.println(small(scratch));
      } else {
        try (var farm = LocalFarm.start(scratch, "test-minimal-execution-time=1000");
            var issuer = new Issuer(farm)) {
          farm.addNode("node", 1);
          measure(issuer, scratch).forEach(System.out::println);
        }
      }
    } finally {
      FileUtils.deleteQuietly(scratch.toFile());
    }
  }

  static List<Figure> measure(Issuer issuer, Path scratch) throws Exception {
    var figures = new ArrayList<Figure>();
    figures.add(small(Files.createDirectories(scratch.resolve("small-files"))));
    figures.addAll(large(issuer, Files.createDirectories(scratch.resolve("large-file"))));
    return figures;
  }

  /**
   * Beside a bare copy of the same files from one directory to another. Each round has files of its
   * own: a file that is written once more is brought to the disk at once, and the next round would
   * wait for that. Nothing is deleted meanwhile, the workspaces of the node included: ext4 without
   * a journal looks past every file that was deleted within the last minutes whenever it makes one,
   * which would be most of what is measured.
   */
  private static Figure small(Path scratch) throws Exception {
    try (var farm =
            LocalFarm.start(
                Files.createDirectory(scratch.resolve("farm")),
                "test-minimal-execution-time=1000");
        var issuer = new Issuer(farm)) {
      farm.addNode("node", 1, "--keep-workspaces-of-all-tests");
      return small(issuer, scratch);
    }
  }

  private static Figure small(Issuer issuer, Path scratch) throws Exception {
    double best = 0;
    double floor = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Path workspace = Files.createDirectory(scratch.resolve("round-" + round));
      List<String> names = fill(workspace, round);
      Path copies = Files.createDirectory(scratch.resolve("copies-" + round));
      long begin = System.nanoTime();
      for (String name : names) {
        Files.copy(workspace.resolve(name), copies.resolve(name));
      }
      floor = Math.max(floor, rate(begin, System.nanoTime()));
      begin = System.nanoTime();
      var test = issuer.start("true", workspace.toString(), names.toArray(String[]::new));
      best = Math.max(best, rate(begin, test.awaitStart()));
      test.awaitEnd();
    }
    return new Figure("10,000 artifacts of 4 KB, start to executor", best, floor, "files/s", true);
  }

  /** Files that are all different, in every round. */
  private static List<String> fill(Path directory, int seed) throws IOException {
    var random = new Random(seed);
    byte[] content = new byte[SMALL];
    var names = new ArrayList<String>();
    for (int i = 0; i < SMALL_FILES; i++) {
      random.nextBytes(content);
      names.add("file-" + i);
      Files.write(directory.resolve(names.get(i)), content);
    }
    return names;
  }

  private static double rate(long begin, long end) {
    return SMALL_FILES / ((end - begin) / 1e9);
  }

  /** Beside the start of a test without artifacts, and beside a copy. */
  private static List<Figure> large(Issuer issuer, Path workspace) throws Exception {
    Path image = workspace.resolve("large.img");
    ArtifactRate.fill(image, 1, LARGE);
    Files.setLastModifiedTime(image, FileTime.fromMillis(0));
    double first = start(issuer, workspace, "large.img");
    double[] cached = new double[ROUNDS];
    double[] without = new double[ROUNDS];
    double[] copied = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      without[round] = start(issuer, workspace);
      cached[round] = start(issuer, workspace, "large.img");
      copied[round] = copy(image, workspace.resolve("copy.img"));
    }
    Arrays.sort(without);
    Arrays.sort(cached);
    Arrays.sort(copied);
    int middle = ROUNDS / 2;
    return List.of(
        new Figure(
            "start with an artifact of 1 GB (floor: its copy)", first, copied[middle], "ms", false),
        new Figure(
            "the same once it is there (floor: no artifact)",
            cached[middle],
            without[middle],
            "ms",
            false),
        new Figure("the same (floor: its copy)", cached[middle], copied[middle], "ms", false));
  }

  private static double start(Issuer issuer, Path workspace, String... artifacts) throws Exception {
    long begin = System.nanoTime();
    Issuer.Watched test = issuer.start("true", workspace.toString(), artifacts);
    double time = (test.awaitStart() - begin) / 1e6;
    test.awaitEnd();
    return time;
  }

  private static double copy(Path from, Path to) throws IOException {
    long begin = System.nanoTime();
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    return (System.nanoTime() - begin) / 1e6;
  }
}
