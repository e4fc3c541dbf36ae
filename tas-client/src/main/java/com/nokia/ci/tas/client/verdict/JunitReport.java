package com.nokia.ci.tas.client.verdict;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Writes what tests found as one report in the XML of JUnit, as CI systems read it. */
public final class JunitReport {
  private final StringBuilder xml = new StringBuilder();

  private JunitReport() {}

  /** The report of some tests, in their order. */
  public static String of(List<TestedRun> tests) {
    var report = new JunitReport();
    report.xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    tests.forEach(report::test);
    return report.xml.append("</testsuites>\n").toString();
  }

  /**
   * The suites found, and one of the test's own where they do not tell the whole verdict: nothing
   * was found, or the test did not come to its end.
   */
  private void test(TestedRun test) {
    for (var suite : test.findings().suites()) {
      String name = suite.name().isEmpty() ? test.id() : test.id() + "." + suite.name();
      suite(new SuiteResult(name, suite.cases()), suite.time());
    }
    boolean isTold =
        !test.findings().suites().isEmpty()
            && (test.judgement().verdict() == Verdict.PASS
                || test.judgement().code() == ErrorCode.CASES_FAILED);
    if (!isTold) {
      suite(new SuiteResult(test.id(), List.of(wholeTest(test))), test.time());
    }
  }

  private static CaseResult wholeTest(TestedRun test) {
    var kind =
        switch (test.judgement().verdict()) {
          case PASS -> CaseResult.Kind.PASSED;
          case FAIL -> CaseResult.Kind.FAILED;
          case ERROR -> CaseResult.Kind.BROKEN;
        };
    String message = kind == CaseResult.Kind.PASSED ? "" : test.judgement().sentence();
    String details =
        kind == CaseResult.Kind.PASSED
            ? ""
            : "error code "
                + test.judgement().code().number()
                + ": "
                + test.judgement().code().meaning()
                + test.judgement().fault().map(it -> "; fault of: " + it.text()).orElse("");
    return new CaseResult("tas", test.id(), test.time(), kind, message, details);
  }

  private void suite(SuiteResult suite, Duration time) {
    xml.append("  <testsuite");
    attribute("name", suite.name());
    attribute("tests", Integer.toString(suite.cases().size()));
    attribute("failures", Long.toString(suite.count(CaseResult.Kind.FAILED)));
    attribute("errors", Long.toString(suite.count(CaseResult.Kind.BROKEN)));
    attribute("skipped", Long.toString(suite.count(CaseResult.Kind.SKIPPED)));
    attribute("time", seconds(time));
    xml.append(">\n");
    suite.cases().forEach(it -> testCase(suite.name(), it));
    xml.append("  </testsuite>\n");
  }

  private void testCase(String suite, CaseResult it) {
    xml.append("    <testcase");
    attribute("classname", it.group().isEmpty() ? suite : it.group());
    attribute("name", it.name());
    attribute("time", seconds(it.time()));
    switch (it.kind()) {
      case PASSED -> xml.append("/>\n");
      case FAILED -> ending("failure", it);
      case BROKEN -> ending("error", it);
      case SKIPPED -> ending("skipped", it);
    }
  }

  private void ending(String element, CaseResult it) {
    xml.append(">\n      <").append(element);
    attribute("message", it.message());
    xml.append('>').append(escaped(it.details())).append("</").append(element);
    xml.append(">\n    </testcase>\n");
  }

  private void attribute(String name, String value) {
    String whole = escaped(value).replace("\n", "&#10;").replace("\t", "&#9;");
    xml.append(' ').append(name).append("=\"").append(whole).append('"');
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.3f", time.toMillis() / 1000.0);
  }

  private static String escaped(String text) {
    return Texts.clean(text)
        .replace("\r", "")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
