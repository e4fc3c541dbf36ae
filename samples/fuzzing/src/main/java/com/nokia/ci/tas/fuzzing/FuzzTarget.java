package com.nokia.ci.tas.fuzzing;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * One method that the fuzzer calls with made-up bytes.
 *
 * @param className the binary name of its class
 * @param method its name
 */
record FuzzTarget(String className, String method) {
  private static final String SUFFIX = "FuzzTest";

  /**
   * The targets among compiled tests, in the order of their names.
   *
   * @param classes the root of the compiled tests
   * @throws IOException when the directory cannot be read
   */
  static List<FuzzTarget> in(Path classes) throws IOException, ClassNotFoundException {
    var targets = new ArrayList<FuzzTarget>();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(it -> it.toString().endsWith(SUFFIX + ".class")).toList()) {
        String path = classes.relativize(file).toString();
        String name =
            path.substring(0, path.length() - 6).replace(file.getFileSystem().getSeparator(), ".");
        for (Method each : Class.forName(name).getDeclaredMethods()) {
          if (each.isAnnotationPresent(FuzzTest.class)) {
            targets.add(new FuzzTarget(name, each.getName()));
          }
        }
      }
    }
    targets.sort(Comparator.comparing(FuzzTarget::name));
    return targets;
  }

  /** How a person calls it: {@code MessageScanner.anySplitGivesTheSame}. */
  String name() {
    String simple = className.substring(className.lastIndexOf('.') + 1);
    return simple.substring(0, simple.length() - SUFFIX.length()) + "." + method;
  }

  /** Where its corpus is, below the resources of the tests. */
  Path corpus() {
    return Path.of(className.replace('.', '/') + "Inputs", method);
  }
}
