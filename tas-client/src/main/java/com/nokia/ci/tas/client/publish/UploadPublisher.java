package com.nokia.ci.tas.client.publish;

import com.nokia.ci.tas.client.verdict.JunitReport;
import com.nokia.ci.tas.client.verdict.TestedRun;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Publisher {@code upload}: sends a form with the report and the results to a tool that collects
 * them, in the manner of QA-reports: fields {@code auth_token}, {@code release_version}, {@code
 * target}, {@code testtype}, {@code hwproduct} and {@code verdict}; files {@code report.1}, the
 * JUnit XML, and {@code attachment.1}, {@code attachment.2} and so on, the results.
 */
public final class UploadPublisher implements Publisher {
  private static final Set<String> FIELDS =
      Set.of("auth_token", "release_version", "target", "testtype", "hwproduct");
  private static final int MOST_ATTACHMENTS = 100;

  @Override
  public String name() {
    return "upload";
  }

  @Override
  public String target() {
    return "a URL";
  }

  @Override
  public Set<String> options() {
    return FIELDS;
  }

  @Override
  public List<Link> announce(Announcement announcement, Wish wish) {
    HttpSending.post(wish.target()); // a URL that is none is found before anything is started
    return List.of();
  }

  @Override
  public List<Link> publish(Report report, Wish wish) throws IOException, InterruptedException {
    var form = new Form();
    FIELDS.stream()
        .sorted()
        .filter(wish.options()::containsKey)
        .forEach(it -> form.field(it, wish.option(it, "")));
    form.field("verdict", report.verdict().name());
    form.file("report.1", "junit.xml", JunitReport.of(report.runs()));
    var files = report.runs().stream().map(TestedRun::results).flatMap(List::stream).toList();
    for (int i = 0; i < Math.min(files.size(), MOST_ATTACHMENTS); i++) {
      form.file("attachment." + (i + 1), files.get(i));
    }
    HttpSending.send(
        HttpSending.post(wish.target())
            .header("Content-Type", "multipart/form-data; boundary=" + form.boundary)
            .POST(form.body())
            .build());
    return List.of(new Link("uploaded to", wish.target()));
  }

  /** A form with files, which are read while they are sent. */
  private static final class Form {
    private final String boundary = "tas-" + UUID.randomUUID();
    private final List<HttpRequest.BodyPublisher> parts = new ArrayList<>();

    void field(String name, String value) {
      text(head(name, "") + "\r\n" + value + "\r\n");
    }

    void file(String name, String fileName, String content) {
      text(head(name, fileName) + "Content-Type: application/xml\r\n\r\n" + content + "\r\n");
    }

    void file(String name, Path file) throws IOException {
      if (!Files.isReadable(file)) {
        return;
      }
      text(
          head(name, file.getFileName().toString())
              + "Content-Type: application/octet-stream\r\n\r\n");
      parts.add(HttpRequest.BodyPublishers.ofFile(file));
      text("\r\n");
    }

    HttpRequest.BodyPublisher body() {
      text("--" + boundary + "--\r\n");
      return HttpRequest.BodyPublishers.concat(parts.toArray(HttpRequest.BodyPublisher[]::new));
    }

    private String head(String name, String fileName) {
      return "--"
          + boundary
          + "\r\nContent-Disposition: form-data; name=\""
          + name
          + "\""
          + (fileName.isEmpty() ? "" : "; filename=\"" + quoted(fileName) + "\"")
          + "\r\n";
    }

    private static String quoted(String name) {
      return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
    }

    private void text(String text) {
      parts.add(HttpRequest.BodyPublishers.ofString(text, StandardCharsets.UTF_8));
    }
  }
}
