package com.nokia.ci.tas.client.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports found in results, and what hostile results do not bring about. */
final class ResultsReadingTest {
  private static final String REPORT =
      """
      <?xml version="1.0"?>
      <testsuites>
        <testsuite name="calls">
          <properties><property name="a" value="b"/></properties>
          <testcase classname="Calls" name="dials" time="1.25"/>
          <testcase classname="Calls" name="rings" time="0.5">
            <failure message="no tone" type="Assertion">at line 7 &lt;here&gt;</failure>
            <system-out>tone? no</system-out>
          </testcase>
          <testsuite name="inner">
            <testcase name="breaks"><error type="NullPointer"/></testcase>
            <testcase name="later"><skipped/></testcase>
          </testsuite>
        </testsuite>
      </testsuites>
      """;
  private static final List<SuiteResult> SUITES =
      List.of(
          new SuiteResult(
              "inner",
              List.of(
                  result("", "breaks", 0, CaseResult.Kind.BROKEN, "NullPointer", ""),
                  result("", "later", 0, CaseResult.Kind.SKIPPED, "", ""))),
          new SuiteResult(
              "calls",
              List.of(
                  result("Calls", "dials", 1250, CaseResult.Kind.PASSED, "", ""),
                  result(
                      "Calls",
                      "rings",
                      500,
                      CaseResult.Kind.FAILED,
                      "no tone",
                      "at line 7 <here>"))));

  @TempDir Path directory;

  @Test
  void casesOfJunitXmlAreFoundWithTheirSuites() throws Exception {
    Findings findings = ResultsReading.of(List.of(file("report.xml", REPORT)));

    assertEquals(new Findings(SUITES, List.of()), findings);
  }

  @Test
  void reportsInsideArchivesAreFound() throws Exception {
    Path zip = directory.resolve("results.zip");
    try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("../../target/TEST-1.xml"));
      out.write(bytes(REPORT));
      out.putNextEntry(new ZipEntry("log.txt"));
      out.write(bytes("<testsuite"));
    }
    Path tar = directory.resolve("results.tar.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(tar))) {
      tarEntry(out, "reports/log.bin", "x".repeat(700));
      tarEntry(out, "reports/TEST-2.xml", REPORT);
      out.write(new byte[1024]);
    }

    assertEquals(new Findings(SUITES, List.of()), ResultsReading.of(List.of(zip)));
    assertEquals(new Findings(SUITES, List.of()), ResultsReading.of(List.of(tar)));
    assertEquals(2, directory.toFile().list().length, "nothing is unpacked");
  }

  @Test
  void casesOfTheTestAnythingProtocolAreFound() throws Exception {
    String tap =
        """
        TAP version 13
        1..6
        ok 1 - boots
        not ok 2 - calls
        # no tone
          ---
          severity: fail
          ...
        ok 3 # skip no card
        not ok 4 - later # TODO not written
        ok 5
        """;

    Findings findings = ResultsReading.of(List.of(file("results.tap", tap)));

    var cases = findings.suites().get(0).cases();
    assertEquals(
        List.of("boots", "calls", "case 3", "later", "case 5", "case 6"),
        cases.stream().map(CaseResult::name).toList());
    assertEquals(
        List.of(
            CaseResult.Kind.PASSED,
            CaseResult.Kind.FAILED,
            CaseResult.Kind.SKIPPED,
            CaseResult.Kind.SKIPPED,
            CaseResult.Kind.PASSED,
            CaseResult.Kind.BROKEN),
        cases.stream().map(CaseResult::kind).toList());
    assertTrue(cases.get(1).details().startsWith("no tone\n"), cases.get(1).details());
    assertEquals("1 of 6 planned cases did not come", cases.get(5).message());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE testsuite [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
            + "<testsuite><testcase name=\"a\"><failure>&x;</failure></testcase></testsuite>",
        "<!DOCTYPE testsuite SYSTEM \"http://127.0.0.1:9/x.dtd\"><testsuite/>"
      })
  void nothingIsFetchedForADocument(String document) throws Exception {
    assertEquals(Findings.NONE, ResultsReading.of(List.of(file("evil.xml", document))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<testsuite><testcase name='a'>",
        "<testsuite>&lol;</testsuite>",
        "<testsuite name='x' name='y'/>"
      })
  void aReportThatIsNoneIsAComplaint(String document) throws Exception {
    Findings findings = ResultsReading.of(List.of(file("broken.xml", document)));

    assertEquals(List.of(), findings.suites());
    assertTrue(
        findings.complaints().isEmpty()
            || findings
                .complaints()
                .get(0)
                .startsWith("the results file broken.xml is no JUnit XML: "),
        findings.toString());
    assertFalse(document.contains("testcase") && findings.complaints().isEmpty());
  }

  @Test
  void deepDocumentsAreRefused() throws Exception {
    String deep = "<testsuite>" + "<testsuite>".repeat(5000);

    assertEquals(1, ResultsReading.of(List.of(file("deep.xml", deep))).complaints().size());
  }

  @Test
  void otherXmlAndOtherFilesArePassedOver() throws Exception {
    Findings findings =
        ResultsReading.of(
            List.of(
                file("product.xml", "<product><imei>1</imei></product>"),
                file("notes.tap", "hello"),
                file("log.txt", "<testsuite>")));

    assertEquals(Findings.NONE, findings);
  }

  @Test
  void anArchiveThatGrowsBeyondBoundsIsLeftAlone() throws Exception {
    Path zip = directory.resolve("bomb.zip");
    byte[] zeros = new byte[1 << 20];
    try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("zeros.bin"));
      for (int i = 0; i < 260; i++) {
        out.write(zeros);
      }
    }

    assertEquals(
        List.of(
            "the results file bomb.zip cannot be read: the results have more than 256 MB unpacked"),
        ResultsReading.of(List.of(zip)).complaints());
  }

  @Test
  void anArchiveWithTooManyEntriesAndOneThatIsCutOffAreComplaints() throws Exception {
    Path many = directory.resolve("many.zip");
    try (var out = new ZipOutputStream(Files.newOutputStream(many))) {
      for (int i = 0; i < 10_001; i++) {
        out.putNextEntry(new ZipEntry("e" + i));
      }
    }
    Path cut = directory.resolve("cut.tar");
    try (var out = Files.newOutputStream(cut)) {
      tarEntry(out, "a.xml", REPORT);
    }
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 700));
    Path none = file("none.tar", "x".repeat(600));

    assertEquals(
        List.of("the results file many.zip cannot be read: it has more than 10000 entries"),
        ResultsReading.of(List.of(many)).complaints());
    assertEquals(
        List.of(
            "the results file cut.tar cannot be read: it is cut off",
            "the results file none.tar cannot be read: it is no tar archive"),
        ResultsReading.of(List.of(cut, none)).complaints());
  }

  @Test
  void whatJunitReportWritesIsReadBack() throws Exception {
    var findings = ResultsReading.of(List.of(file("report.xml", REPORT)));
    var judgement =
        new Judgement(Verdict.FAIL, ErrorCode.CASES_FAILED, ErrorCode.CASES_FAILED.fault(), "2");
    var tested =
        new TestedRun(
            "night & day",
            Instant.EPOCH,
            Instant.EPOCH,
            List.of(),
            new Ending(Ending.Kind.FINISHED, "", Optional.empty()),
            findings,
            judgement,
            List.of());
    String xml = JunitReport.of(List.of(tested));

    var again = ResultsReading.of(List.of(file("again.xml", xml)));

    assertEquals(
        List.of("night & day.inner", "night & day.calls"),
        again.suites().stream().map(SuiteResult::name).toList());
    assertEquals(SUITES.get(1).cases(), again.suites().get(1).cases());
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private static CaseResult result(
      String group, String name, long millis, CaseResult.Kind kind, String message, String more) {
    return new CaseResult(group, name, Duration.ofMillis(millis), kind, message, more);
  }

  private static void tarEntry(OutputStream out, String name, String content) throws IOException {
    byte[] bytes = bytes(content);
    byte[] header = new byte[512];
    System.arraycopy(bytes(name), 0, header, 0, name.length());
    byte[] size = bytes(String.format("%011o", bytes.length));
    System.arraycopy(size, 0, header, 124, size.length);
    header[156] = '0';
    out.write(header);
    out.write(bytes);
    out.write(new byte[(512 - bytes.length % 512) % 512]);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
