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
    try (var farm = LocalFarm.start(scratch, "test-minimal-execution-time=1000")) {
      farm.addNode("node", 1);
      System.out.println(Figure.header());
      try (var issuer = new Issuer(farm)) {
        if (List.of(arguments).contains("small")) {
          System.out.println(
              small(issuer, Files.createDirectories(scratch.resolve("small-files"))));
        } else {
          measure(issuer, scratch).forEach(System.out::println);
        }
      }
    } finally {
      FileUtils.deleteQuietly(scratch.toFile());
    }
  }

  static List<Figure> measure(Issuer issuer, Path scratch) throws Exception {
    var figures = new ArrayList<Figure>();
    figures.add(small(issuer, Files.createDirectories(scratch.resolve("small-files"))));
    figures.addAll(large(issuer, Files.createDirectories(scratch.resolve("large-file"))));
    return figures;
  }

  /** Beside a bare copy of the same files from one directory to another. */
  private static Figure small(Issuer issuer, Path workspace) throws Exception {
    var random = new Random(1);
    String[] names = new String[SMALL_FILES];
    double best = 0;
    double floor = 0;
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < SMALL_FILES; i++) {
        byte[] content = new byte[SMALL];
        random.nextBytes(content);
        names[i] = "file-" + i;
        Files.write(workspace.resolve(names[i]), content);
      }
      Path copies = Files.createDirectories(workspace.resolveSibling("copies-" + round));
      long begin = System.nanoTime();
      for (String name : names) {
        Files.copy(workspace.resolve(name), copies.resolve(name));
      }
      floor = Math.max(floor, rate(begin, System.nanoTime()));
      begin = System.nanoTime();
      Issuer.Watched test = issuer.start("true", workspace.toString(), names);
      best = Math.max(best, rate(begin, test.awaitStart()));
      test.awaitEnd();
    }
    return new Figure("10,000 artifacts of 4 KB, start to executor", best, floor, "files/s", true);
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
