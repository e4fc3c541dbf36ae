package com.nokia.ci.tas.samples.bench;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table of one run as a file, so that a later run can be held against it. */
final class KeptRun {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private KeptRun() {}

  static void write(Path file, List<Row> rows) throws IOException {
    JSON.writeValue(file.toFile(), rows);
  }

  /**
   * The rows of a former run.
   *
   * @throws IOException with a sentence when there is none
   */
  static List<Row> read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + " is not there; keep a run with --json " + file + " first");
    }
    try {
      return JSON.readValue(file.toFile(), new TypeReference<>() {});
    } catch (IOException e) {
      throw new IOException(file + " is no run of ./tas bench --json: " + e.getMessage(), e);
    }
  }

  /** A line for each figure that is worse than its former one beyond the noise of both. */
  static List<String> worse(List<Row> former, List<Row> rows) {
    var lines = new ArrayList<String>();
    for (Row row : rows) {
      for (Row before : former) {
        double times = row.name().equals(before.name()) ? row.worseThan(before) : 0;
        if (times > 0) {
          lines.add(
              String.format(
                  Locale.ROOT,
                  "%s: %.2f times worse, %s %.2f, was %.2f",
                  row.name(),
                  times,
                  row.floor() == 0 ? row.unit() : "ratio",
                  row.ratio(),
                  before.ratio()));
        }
      }
    }
    return lines;
  }
}
