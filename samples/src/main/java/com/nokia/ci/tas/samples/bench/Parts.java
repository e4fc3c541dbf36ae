package com.nokia.ci.tas.samples.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nokia.ci.tas.samples.farm.Program;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What takes microseconds: the benchmarks of samples/benchmarks, run by their harness. */
final class Parts {
  private static final Path TARGET = Program.ROOT.resolve("samples/benchmarks/target");
  private static final String PACKAGE = "com.nokia.ci.tas.benchmarks.";
  private static final String FLOOR = "CodecBenchmark.bareParser";
  private static final Bar BAR = Bar.ofRatio(0.5);
  private static final long PATIENCE_MINUTES = 5;

  private Parts() {}

  static List<Figure> measure(Scene scene) throws Exception {
    Map<String, Double> scores = scores(run(scene.scratch("parts")));
    var figures = new ArrayList<Figure>();
    for (String kind : List.of("order", "output")) {
      double floor = scores.get(FLOOR + " " + kind);
      for (String way : List.of("read", "write")) {
        figures.add(
            Figure.rate(
                    "message \"" + kind + "\": " + way + " (floor: a bare parser)",
                    scores.get("CodecBenchmark." + way + " " + kind),
                    floor,
                    "messages/s")
                .with(BAR));
      }
    }
    return figures;
  }

  private static JsonNode run(Path directory) throws IOException, InterruptedException {
    Path classPath = TARGET.resolve("class-path");
    if (!Files.isRegularFile(classPath)) {
      throw new IOException(classPath + " is not there; build it with ./tas build");
    }
    Path results = directory.resolve("results.json");
    var process =
        new ProcessBuilder(
                Program.java(),
                "-cp",
                TARGET.resolve("classes")
                    + File.pathSeparator
                    + Files.readString(classPath).strip(),
                "org.openjdk.jmh.Main",
                "-rf",
                "json",
                "-rff",
                results.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("harness.log").toFile())
            .start();
    if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    if (!Files.isRegularFile(results)) {
      throw new IOException(
          "the harness gave no results:\n" + Files.readString(directory.resolve("harness.log")));
    }
    return new ObjectMapper().readTree(results.toFile());
  }

  /** By class, method and kind. */
  private static Map<String, Double> scores(JsonNode results) {
    var scores = new HashMap<String, Double>();
    for (JsonNode result : results) {
      scores.put(
          result.path("benchmark").asText().replace(PACKAGE, "")
              + " "
              + result.path("params").path("kind").asText(),
          result.path("primaryMetric").path("score").asDouble());
    }
    return scores;
  }
}
