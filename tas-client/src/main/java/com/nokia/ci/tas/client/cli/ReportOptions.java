package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.client.publish.Announcement;
import com.nokia.ci.tas.client.publish.Link;
import com.nokia.ci.tas.client.publish.Publishing;
import com.nokia.ci.tas.client.publish.Report;
import com.nokia.ci.tas.client.publish.Wish;
import com.nokia.ci.tas.client.verdict.TestedRun;
import com.nokia.ci.tas.commons.model.NearestName;
import com.nokia.ci.tas.commons.model.SettingsException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What is done with what tests found: which reports are written, and who is told. */
final class ReportOptions {
  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Writes one JUnit report for a CI system, whatever the verdict.")
  private Optional<Path> junit = Optional.empty();

  @Option(
      names = "--publish",
      paramLabel = "NAME=TARGET",
      description = {
        "Tells others: junit=FILE, html=FILE, directory=DIR, upload=URL, webhook=URL,",
        "mail=ADDRESS,…, or a publisher that was added; repeatable."
      })
  private List<String> publish = List.of();

  @Option(
      names = "--publish-option",
      paramLabel = "NAME.KEY=VALUE",
      description = "An option of a publisher, such as mail.smtp=mail.example.com:25; repeatable.")
  private Map<String, String> options = new LinkedHashMap<>();

  @Option(
      names = "--publish-when",
      paramLabel = "always|failure|change",
      description = {
        "When others are told: always, when the verdict is not PASS, or when it is another one than",
        "the last time (default: always)."
      })
  private String when = "always";

  @Option(
      names = "--publish-deadline",
      paramLabel = "S",
      description = "How long each publisher may take, in seconds (default: ${DEFAULT-VALUE}).")
  private int deadline = 60;

  @Option(
      names = "--publishers",
      paramLabel = "JAR,…",
      split = ",",
      description = "Jars with further publishers.")
  private List<Path> jars = List.of();

  @Option(
      names = "--series",
      paramLabel = "NAME",
      description = {
        "The name of this test from one time to the next, for --publish-when change and for",
        "reports (default: the id without a number at its end)."
      })
  private String series = "";

  /** What was announced and has to be told when the tests are over. */
  static final class Reporting {
    private final Publishing publishing;
    private final Announcement announcement;
    private final List<Link> links;
    private final Voice voice;

    private Reporting(Publishing publishing, Announcement announcement, Voice voice) {
      this.publishing = publishing;
      this.announcement = announcement;
      this.voice = voice;
      this.links = publishing.announce(announcement);
      links.forEach(it -> voice.note("", it.text() + " will be at " + it.address()));
    }

    /** Tells what was found. */
    void tell(List<TestedRun> runs) {
      var former = new FormerVerdicts(announcement.project(), announcement.series());
      var report = new Report(announcement, runs, former.read(), links);
      publishing.publish(report).forEach(it -> voice.note("", it.text() + ": " + it.address()));
      former.write(report.verdict());
    }
  }

  /**
   * Announces tests.
   *
   * @throws SettingsException when the options make no sense
   */
  Reporting begin(String project, String id, List<String> tests, Voice voice) {
    var publishing =
        Publishing.of(
            wishes(), loader(), Duration.ofSeconds(deadline), text -> voice.note("", text));
    String name = series.isBlank() ? id.replaceFirst("[-_.]?[0-9]+$", "") : series.strip();
    return new Reporting(
        publishing,
        new Announcement(project, name.isEmpty() ? id : name, tests, Instant.now()),
        voice);
  }

  private List<Wish> wishes() {
    var wishes = new ArrayList<Wish>();
    junit.ifPresent(
        file -> wishes.add(new Wish("junit", file.toString(), Map.of(), Wish.When.ALWAYS)));
    for (String text : publish) {
      int equals = text.indexOf('=');
      String name = equals < 0 ? text : text.substring(0, equals);
      String target = equals < 0 ? "" : text.substring(equals + 1);
      wishes.add(new Wish(name.strip(), target.strip(), optionsOf(name.strip()), when()));
    }
    for (String key : options.keySet()) {
      if (wishes.stream().noneMatch(it -> key.startsWith(it.publisher() + "."))) {
        throw new SettingsException(
            "--publish-option "
                + key
                + " is for no publisher that --publish names; write NAME.KEY=VALUE");
      }
    }
    return wishes;
  }

  private Map<String, String> optionsOf(String publisher) {
    var own = new LinkedHashMap<String, String>();
    options.forEach(
        (key, value) -> {
          if (key.startsWith(publisher + ".")) {
            own.put(key.substring(publisher.length() + 1), value);
          }
        });
    return own;
  }

  private Wish.When when() {
    return Wish.When.of(when)
        .orElseThrow(
            () ->
                new SettingsException(
                    "--publish-when is \""
                        + when
                        + "\""
                        + NearestName.suggestion(when, List.of("always", "failure", "change"))
                        + " (always, failure or change)"));
  }

  private ClassLoader loader() {
    ClassLoader own = ReportOptions.class.getClassLoader();
    if (jars.isEmpty()) {
      return own;
    }
    return new URLClassLoader(jars.stream().map(ReportOptions::url).toArray(URL[]::new), own);
  }

  private static URL url(Path jar) {
    try {
      if (!java.nio.file.Files.isReadable(jar)) {
        throw new SettingsException("--publishers names " + jar + ", which is no file to read");
      }
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new SettingsException("--publishers names " + jar + ", which is no file", e);
    }
  }
}
