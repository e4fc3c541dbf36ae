package com.nokia.ci.tas.client.publish;

import com.nokia.ci.tas.client.verdict.CaseResult;
import com.nokia.ci.tas.client.verdict.SuiteResult;
import com.nokia.ci.tas.client.verdict.TestedRun;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** A page about some tests: no scripts, nothing loaded, everything from outside escaped. */
public final class HtmlReport {
  private static final String STYLE =
      "body{font:16px/1.5 sans-serif;margin:2em auto;max-width:70em;padding:0 1em;color:#1b1b1b}"
          + "table{border-collapse:collapse;width:100%}"
          + "th,td{text-align:left;padding:.3em .6em;border-bottom:1px solid #ccc;vertical-align:top}"
          + "pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f4f4f4;padding:.6em}"
          + ".pass,.passed{color:#0a5c2b}.fail,.failed{color:#a30d0d}"
          + ".error,.broken{color:#7a3d00}.skipped{color:#555}";

  private final StringBuilder html = new StringBuilder();

  private HtmlReport() {}

  /** The whole document. */
  public static String of(Report report) {
    var page = new HtmlReport();
    page.head(report);
    page.tests(report);
    report.runs().forEach(page::test);
    page.html.append("</main></body></html>\n");
    return page.html.toString();
  }

  private void head(Report report) {
    html.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta http-equiv=\"Content-Security-Policy\"")
        .append(" content=\"default-src 'none'; style-src 'unsafe-inline'\">")
        .append("<meta name=\"viewport\" content=\"width=device-width\"><title>");
    text(report.headline());
    html.append("</title><style>").append(STYLE).append("</style></head><body><main>\n<h1>");
    text(report.headline());
    html.append("</h1>\n<p>");
    text(
        (report.announcement().project().isEmpty()
                ? ""
                : "Project " + report.announcement().project() + ", ")
            + "begun "
            + time(report.announcement().begun())
            + report.former().map(it -> ", the last time " + it).orElse(", for the first time"));
    html.append(".</p>\n");
  }

  private void tests(Report report) {
    html.append("<table><thead><tr><th scope=\"col\">Test</th><th scope=\"col\">Verdict</th>")
        .append("<th scope=\"col\">Why</th><th scope=\"col\">Code</th>")
        .append("<th scope=\"col\">Products</th><th scope=\"col\">Time</th></tr></thead><tbody>\n");
    for (var run : report.runs()) {
      html.append("<tr>");
      cell("", run.id());
      cell(
          run.judgement().verdict().name().toLowerCase(Locale.ROOT),
          run.judgement().verdict().name());
      cell("", run.judgement().sentence());
      cell("", Integer.toString(run.judgement().code().number()));
      cell("", String.join(", ", run.products()));
      cell("", run.time().truncatedTo(ChronoUnit.MILLIS).toMillis() / 1000.0 + " s");
      html.append("</tr>\n");
    }
    html.append("</tbody></table>\n");
  }

  private void test(TestedRun run) {
    for (var suite : run.findings().suites()) {
      suite(run.id(), suite);
    }
    if (!run.results().isEmpty()) {
      html.append("<h2>");
      text("Results of " + run.id());
      html.append("</h2>\n<ul>\n");
      for (Path file : run.results()) {
        html.append("<li>");
        text(file.getFileName().toString());
        html.append("</li>\n");
      }
      html.append("</ul>\n");
    }
  }

  private void suite(String id, SuiteResult suite) {
    html.append("<h2>");
    text(suite.name().isEmpty() ? id : id + ": " + suite.name());
    html.append("</h2>\n<table><thead><tr><th scope=\"col\">Case</th>")
        .append(
            "<th scope=\"col\">Result</th><th scope=\"col\">Message</th></tr></thead><tbody>\n");
    for (var each : suite.cases()) {
      html.append("<tr>");
      cell("", each.group().isEmpty() ? each.name() : each.group() + " " + each.name());
      String kind = each.kind().name().toLowerCase(Locale.ROOT);
      cell(kind, kind);
      html.append("<td>");
      text(each.message());
      details(each);
      html.append("</td></tr>\n");
    }
    html.append("</tbody></table>\n");
  }

  private void details(CaseResult each) {
    if (!each.details().isEmpty()) {
      html.append("<pre>");
      text(each.details());
      html.append("</pre>");
    }
  }

  private void cell(String kind, String text) {
    html.append(kind.isEmpty() ? "<td>" : "<td class=\"" + kind + "\">");
    text(text);
    html.append("</td>");
  }

  private void text(String text) {
    html.append(
        text.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;")
            .replace("'", "&#39;"));
  }

  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
