package com.nokia.ci.tas.samples.bench;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nokia.ci.tas.samples.bench.scale.CoreFigures;
import com.nokia.ci.tas.samples.farm.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The core of the service alone, in a Java machine as {@code ./tas service} starts it. */
final class Core {
  private static final long PATIENCE_MINUTES = 5;
  private static final Bar ACCEPTS = Bar.ofRatio(0.7);

  /** In microseconds. */
  private static final Bar DECISION = Bar.ofValue(20);

  private static final Bar RESTART = Bar.ofValue(5);

  private Core() {}

  static List<Figure> measure(Scene scene) throws Exception {
    scene.endFarm();
    var figures = new ArrayList<Figure>();
    for (var it : part(scene, "decisions")) {
      figures.add(Figure.cost(it.name(), it.value(), it.floor(), it.unit()).with(DECISION));
    }
    for (var it : part(scene, "accepts")) {
      figures.add(
          it.unit().equals("ms")
              ? Figure.cost(it.name(), it.value(), it.floor(), it.unit())
              : Figure.rate(it.name(), it.value(), it.floor(), it.unit()).with(ACCEPTS));
    }
    for (var it : part(scene, "restart")) {
      figures.add(Figure.cost(it.name(), it.value(), it.floor(), it.unit()).with(RESTART));
    }
    return figures;
  }

  private static List<CoreFigures.Measured> part(Scene scene, String name) throws Exception {
    Path said = scene.scratch("core").resolve(name + ".txt");
    var command = new ArrayList<String>();
    command.add(Program.java());
    command.addAll(Program.options(Program.SERVICE));
    command.addAll(
        List.of(
            "-Xmx1g",
            "-Dlogback.statusListenerClass=ch.qos.logback.core.status.NopStatusListener",
            "-cp",
            System.getProperty("java.class.path"),
            CoreFigures.class.getName(),
            name));
    var process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(said.toFile())
            .start();
    try {
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new IOException("the core could not be measured: " + Files.readString(said));
      }
    } finally {
      process.destroyForcibly();
    }
    String last = Files.readString(said).lines().reduce("[]", (before, line) -> line);
    return new ObjectMapper().readValue(last, new TypeReference<>() {});
  }
}
