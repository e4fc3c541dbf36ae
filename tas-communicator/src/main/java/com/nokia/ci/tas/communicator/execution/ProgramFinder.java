package com.nokia.ci.tas.communicator.execution;

import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the program that an executor application names: a file by its path, a file among the
 * artifacts, or a program on {@code PATH}.
 */
public final class ProgramFinder {
  private final List<Path> path;
  private final List<String> extensions;

  /**
   * @param path directories to search, in order
   * @param extensions endings to try after the bare name, as {@code PATHEXT} lists them on Windows
   */
  ProgramFinder(List<Path> path, List<String> extensions) {
    this.path = List.copyOf(path);
    this.extensions = List.copyOf(extensions);
  }

  /** The finder for this machine, by {@code PATH} and on Windows {@code PATHEXT}. */
  public static ProgramFinder of(Map<String, String> environment, Platform platform) {
    var directories = new ArrayList<Path>();
    for (String entry : variable(environment, "PATH").split(File.pathSeparator, -1)) {
      if (!entry.isBlank()) {
        path(entry).ifPresent(directories::add);
      }
    }
    var endings = new ArrayList<String>();
    if (platform == Platform.WINDOWS) {
      String listed = variable(environment, "PATHEXT");
      for (String ending : (listed.isBlank() ? ".COM;.EXE;.BAT;.CMD" : listed).split(";", -1)) {
        if (!ending.isBlank()) {
          endings.add(ending.strip().toLowerCase(Locale.ROOT));
        }
      }
    }
    return new ProgramFinder(directories, endings);
  }

  /**
   * The absolute path of a program.
   *
   * @param name a bare name or a path
   * @param workspace where relative names are looked for first
   */
  Optional<Path> find(String name, Path workspace) {
    if (name.isEmpty() || path(name).isEmpty()) {
      return Optional.empty();
    }
    Path given = Path.of(name);
    var found = withEndings(workspace.resolve(given), false);
    if (found.isPresent() || given.isAbsolute() || given.getNameCount() > 1) {
      return found;
    }
    return path.stream().flatMap(d -> withEndings(d.resolve(given), true).stream()).findFirst();
  }

  private Optional<Path> withEndings(Path candidate, boolean mustBeExecutable) {
    if (isProgram(candidate, mustBeExecutable)) {
      return Optional.of(candidate.toAbsolutePath());
    }
    for (String ending : extensions) {
      Path longer = candidate.resolveSibling(candidate.getFileName() + ending);
      if (isProgram(longer, mustBeExecutable)) {
        return Optional.of(longer.toAbsolutePath());
      }
    }
    return Optional.empty();
  }

  /** Asked in the way that makes no exception of a file that is not there: most are not. */
  private static boolean isProgram(Path candidate, boolean mustBeExecutable) {
    File file = candidate.toFile();
    return file.isFile() && (!mustBeExecutable || file.canExecute());
  }

  /** Empty for a text that no path can be. */
  private static Optional<Path> path(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static String variable(Map<String, String> environment, String name) {
    return environment.entrySet().stream()
        .filter(e -> e.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }
}
