package com.nokia.ci.tas.client.verdict;

import com.nokia.ci.tas.commons.model.SafeName;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;

/**
 * Finds the reports in the results of a test: files that end with {@code .xml} or {@code .tap},
 * lying there or inside a {@code .zip}, {@code .tar}, {@code .tar.gz} or {@code .tgz}.
 *
 * <p>An archive may be a hostile one: nothing is unpacked to disk, archives inside archives are not
 * opened, and of all files together no more than 256 MB in 10,000 entries are looked at, of each
 * report 16 MB, 100,000 cases in all. What is beyond is told as a complaint.
 */
public final class ResultsReading {
  private static final long MOST_BYTES = 256L << 20;
  private static final int LARGEST_REPORT = 16 << 20;
  private static final int MOST_ENTRIES = 10_000;
  private static final int MOST_CASES = 100_000;
  private static final int MOST_COMPLAINTS = 20;

  private final List<SuiteResult> suites = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private long bytesLeft = MOST_BYTES;
  private int entriesLeft = MOST_ENTRIES;
  private int casesLeft = MOST_CASES;

  private ResultsReading() {}

  /** More than is looked at. */
  private static final class BeyondBoundsException extends IOException {
    private static final long serialVersionUID = 1L;

    BeyondBoundsException(String sentence) {
      super(sentence);
    }
  }

  /**
   * Reads results.
   *
   * @param files that arrived; those that are no reports and no archives are passed over
   * @return what they say; never fails, what cannot be read is a complaint
   */
  public static Findings of(Collection<Path> files) {
    var reading = new ResultsReading();
    for (Path file : files) {
      String name = file.getFileName().toString();
      try (var stream = new BufferedInputStream(Files.newInputStream(file))) {
        reading.file(name, stream);
      } catch (IOException | RuntimeException e) {
        reading.complain(name, "cannot be read: " + e.getMessage());
      }
    }
    return new Findings(reading.suites, reading.complaints);
  }

  private void file(String name, InputStream stream) throws IOException {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".zip")) {
      zip(name, counted(stream));
    } else if (lower.endsWith(".tar")) {
      tar(name, counted(stream));
    } else if (lower.endsWith(".tar.gz") || lower.endsWith(".tgz")) {
      tar(name, counted(new GZIPInputStream(stream)));
    } else {
      entry(name, counted(stream));
    }
  }

  /** Unpacked bytes count, those that are skipped as well: they cost as much. */
  private void zip(String archive, InputStream stream) throws IOException {
    var zip = new ZipInputStream(stream, StandardCharsets.UTF_8);
    for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      countEntry();
      var content = counted(zip);
      entry(archive + "/" + entry.getName(), content);
      content.transferTo(OutputStream.nullOutputStream());
    }
  }

  private void tar(String archive, InputStream stream) throws IOException {
    var tar = new TarReading(stream);
    for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
      countEntry();
      entry(archive + "/" + entry.get(), tar.content());
    }
  }

  private void countEntry() throws IOException {
    if (entriesLeft-- <= 0) {
      throw new BeyondBoundsException("it has more than " + MOST_ENTRIES + " entries");
    }
  }

  private void entry(String name, InputStream content) throws IOException {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean isXml = lower.endsWith(".xml");
    if (!isXml && !lower.endsWith(".tap")) {
      return;
    }
    byte[] document = content.readNBytes(LARGEST_REPORT + 1);
    if (document.length > LARGEST_REPORT) {
      complain(name, "is larger than " + (LARGEST_REPORT >> 20) + " MB and was not looked at");
      return;
    }
    try {
      if (isXml) {
        JunitXml.read(document).ifPresent(all -> all.forEach(it -> add(name, it)));
      } else {
        Tap.read(SafeName.shown(name), document).ifPresent(it -> add(name, it));
      }
    } catch (JunitXml.NoReportException e) {
      complain(name, e.getMessage());
    }
  }

  private void add(String name, SuiteResult suite) {
    if (suite.cases().size() > casesLeft) {
      complain(name, "has more cases than the " + MOST_CASES + " that are looked at");
      return;
    }
    casesLeft -= suite.cases().size();
    suites.add(suite);
  }

  private void complain(String name, String what) {
    if (complaints.size() < MOST_COMPLAINTS) {
      complaints.add("the results file " + SafeName.shown(name) + " " + what);
    }
  }

  private InputStream counted(InputStream stream) {
    return new FilterInputStream(stream) {
      @Override
      public int read() throws IOException {
        int b = super.read();
        count(b < 0 ? 0 : 1);
        return b;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int n = super.read(bytes, offset, length);
        count(n);
        return n;
      }

      @Override
      public long skip(long n) throws IOException {
        long skipped = super.skip(n);
        count(skipped);
        return skipped;
      }
    };
  }

  private void count(long read) throws IOException {
    bytesLeft -= Math.max(0, read);
    if (bytesLeft < 0) {
      throw new BeyondBoundsException(
          "the results have more than " + (MOST_BYTES >> 20) + " MB unpacked");
    }
  }
}
