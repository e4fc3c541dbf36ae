package com.nokia.ci.tas.client.publish;

import com.nokia.ci.tas.client.verdict.JunitReport;
import com.nokia.ci.tas.commons.model.SafeName;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * Publisher {@code directory}: a tree of results below a directory, by project, date and time:
 * {@code PROJECT/2026-11-21/SERIES.14-03-59/} with the reports and the results of each test. A tree
 * that several machines write to keeps all of them: a name that is taken gets a number.
 */
public final class DirectoryPublisher implements Publisher {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH-mm-ss", Locale.ROOT);
  private static final int MOST_NUMBERS = 10_000;

  @Override
  public String name() {
    return "directory";
  }

  @Override
  public String target() {
    return "a directory";
  }

  @Override
  public List<Link> publish(Report report, Wish wish) throws IOException {
    var begun = report.announcement().begun().atZone(ZoneId.systemDefault());
    Path day =
        Path.of(wish.target())
            .resolve(safe(report.announcement().project(), "default"))
            .resolve(DAY.format(begun));
    Files.createDirectories(day);
    Path place =
        newDirectory(day, safe(report.announcement().series(), "tests") + "." + TIME.format(begun));
    WholeFile.write(place.resolve("junit.xml"), JunitReport.of(report.runs()));
    WholeFile.write(place.resolve("verdict.txt"), report.headline() + "\n");
    for (var run : report.runs()) {
      Path own = newDirectory(place, safe(run.id(), "test"));
      for (Path file : run.results()) {
        WholeFile.copy(file, own.resolve(safe(file.getFileName().toString(), "file")));
      }
    }
    WholeFile.write(place.resolve("report.html"), HtmlReport.of(report)); // last: all is there
    return List.of(new Link("results", place.toString()));
  }

  /** A name that no file system takes for anything else than a name. */
  private static String safe(String name, String otherwise) {
    if (name.isBlank()) {
      return otherwise;
    }
    String kept = name.strip().replaceAll("[^\\p{L}\\p{N}._ -]", "_");
    return SafeName.complaint("name", kept).isPresent() ? otherwise : kept;
  }

  private static Path newDirectory(Path parent, String name) throws IOException {
    for (int number = 1; number <= MOST_NUMBERS; number++) {
      Path place = parent.resolve(number == 1 ? name : name + "." + number);
      if (isNew(place)) {
        return place;
      }
    }
    throw new IOException(parent + " has too many directories of the name " + name);
  }

  private static boolean isNew(Path place) throws IOException {
    try {
      Files.createDirectory(place);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false; // somebody else has it
    }
  }
}
