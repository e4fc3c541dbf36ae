package com.nokia.ci.tas.communicator.keeping;

import com.nokia.ci.tas.commons.model.ResultsWish;
import com.nokia.ci.tas.commons.model.SafeName;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Looks for the results of a run in its workspace. Follows no link, neither of a file nor of a
 * directory, so that nothing is found that lies elsewhere.
 */
public final class ResultsSearch {
  /** How many files patterns may bring. */
  public static final int MOST_FILES = 1_000;

  /** So that a file directly in the workspace has its name whatever lies below. */
  private static final Comparator<String> SHALLOW_FIRST =
      Comparator.comparingLong((String path) -> path.chars().filter(c -> c == '/').count())
          .thenComparing(Comparator.naturalOrder());

  private final Path workspace;
  private final ResultsWish wish;
  private final Set<String> others;

  /** Files by the names under which they are sent, and a sentence for each one that is missing. */
  public record Found(Map<String, Path> files, List<String> complaints) {}

  /**
   * @param others paths that no pattern means: what did not come from the executor
   */
  public ResultsSearch(Path workspace, ResultsWish wish, Set<String> others) {
    this.workspace = workspace;
    this.wish = wish;
    this.others = others;
  }

  /**
   * Looks.
   *
   * @param subId of the part of a test that the run is; goes into the names
   */
  public Found search(String subId) throws IOException {
    var complaints = new ArrayList<String>();
    var paths = new LinkedHashMap<String, Path>();
    for (String path : wish.files()) {
      if (isRegular(path)) {
        paths.put(path, workspace.resolve(path));
      } else {
        complaints.add("the executor did not leave the results file " + SafeName.shown(path));
      }
    }
    if (!wish.patterns().isEmpty()) {
      var matching = new TreeMap<String, Path>(SHALLOW_FIRST);
      Files.walkFileTree(workspace, new Matching(matching));
      if (matching.size() > MOST_FILES) {
        complaints.add(
            "the executor left more than "
                + MOST_FILES
                + " results files; pack them into one, here are some");
      }
      matching.entrySet().stream()
          .limit(MOST_FILES)
          .forEach(it -> paths.putIfAbsent(it.getKey(), it.getValue()));
    }
    return new Found(named(paths, subId, complaints), complaints);
  }

  /** Each by its base name; of two with the same the second by its path. */
  private static Map<String, Path> named(
      Map<String, Path> paths, String subId, List<String> complaints) {
    var files = new LinkedHashMap<String, Path>();
    Set<String> taken = new HashSet<>();
    paths.forEach(
        (path, file) -> {
          String name = ResultsWish.ofPart(ResultsWish.baseName(path), subId);
          if (!taken.add(name.toLowerCase(Locale.ROOT))) {
            name = ResultsWish.ofPart(path.replace('/', '_'), subId);
            if (!taken.add(name.toLowerCase(Locale.ROOT))) {
              complaints.add("two results files would be called " + SafeName.shown(name));
              return;
            }
          }
          var complaint = SafeName.complaint("results file", name);
          if (complaint.isPresent()) {
            complaints.add(complaint.get());
          } else {
            files.put(name, file);
          }
        });
    return files;
  }

  private boolean isRegular(String path) {
    Path place = workspace;
    for (String name : List.of(path.split("/"))) {
      if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
      place = place.resolve(name);
    }
    return Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS);
  }

  /** Gathers one more than there may be, so that it shows. */
  private final class Matching extends SimpleFileVisitor<Path> {
    private final Map<String, Path> found;

    Matching(Map<String, Path> found) {
      this.found = found;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String path =
          workspace.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
      if (attributes.isRegularFile() && !others.contains(path) && wish.matches(path)) {
        found.put(path, file);
      }
      return found.size() > MOST_FILES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException cause) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException cause) {
      return FileVisitResult.CONTINUE;
    }
  }
}
