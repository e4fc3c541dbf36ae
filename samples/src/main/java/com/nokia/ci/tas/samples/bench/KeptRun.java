package com.nokia.ci.tas.samples.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The table of one run, in a file so that a later run can be held against it.
 *
 * @param machine in words
 * @param rows in the order in which they were measured
 */
record KeptRun(String machine, List<Row> rows) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  KeptRun {
    rows = List.copyOf(rows);
  }

  void write(Path file) throws IOException {
    JSON.writeValue(file.toFile(), this);
  }

  /**
   * A former run.
   *
   * @throws IOException with a sentence when there is none
   */
  static KeptRun read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + " is not there; keep a run with --json " + file + " first");
    }
    try {
      return JSON.readValue(file.toFile(), KeptRun.class);
    } catch (IOException e) {
      throw new IOException(file + " is no run of ./tas bench --json: " + e.getMessage(), e);
    }
  }

  /** A line for each figure that is worse than its former one beyond the noise of both. */
  List<String> worseThan(KeptRun former) {
    var lines = new ArrayList<String>();
    for (Row row : rows) {
      for (Row before : former.rows()) {
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
