package com.nokia.ci.tas.client.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nokia.ci.tas.client.verdict.Ending;
import com.nokia.ci.tas.client.verdict.ResultsReading;
import com.nokia.ci.tas.client.verdict.TestedRun;
import com.nokia.ci.tas.client.verdict.Verdict;
import com.nokia.ci.tas.commons.MailServer;
import com.nokia.ci.tas.commons.model.SettingsException;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Publishers that come with the client, and what one does that fails. */
final class PublishingTest {
  private static final Announcement NIGHTLY =
      new Announcement("radio", "nightly", List.of("nightly_7"), Instant.EPOCH);

  @TempDir Path directory;
  private final List<String> complaints = new ArrayList<>();

  @Test
  void aMailHasTheReportAndTheResultsAttached() throws Exception {
    try (var server = new MailServer()) {
      var wish =
          wish(
              "mail",
              "anna@example.org, bert@example.org",
              Map.of("smtp", server.address(), "from", "farm@example.org"));

      publish(wish, report(failed("nightly_7", "no <tone>")));

      var properties = new Properties();
      var mail =
          new MimeMessage(
              Session.getInstance(properties),
              new ByteArrayInputStream(server.next().getBytes(UTF_8)));
      assertEquals("nightly: FAIL", mail.getSubject());
      assertEquals(2, mail.getAllRecipients().length);
      var parts = (Multipart) mail.getContent();
      assertEquals(3, parts.getCount());
      String text = (String) parts.getBodyPart(0).getContent();
      assertTrue(text.contains("FAIL  nightly_7: 1 of 1 cases failed (code 101)"), text);
      assertEquals("report.html", parts.getBodyPart(1).getFileName());
      assertEquals("nightly_7.xml", parts.getBodyPart(2).getFileName());
    }
    assertEquals(List.of(), complaints);
  }

  @Test
  void aMailThatIsNotTakenIsAComplaintAndNoMore() throws Exception {
    try (var server = new MailServer()) {
      var wish =
          wish(
              "mail",
              "nobody@example.org",
              Map.of("smtp", server.address(), "from", "farm@example.org"));

      publish(wish, report(failed("nightly_7", "x")));

      assertTrue(server.hasNone());
    }
    assertEquals(1, complaints.size());
    assertTrue(complaints.get(0).contains("no such user here"), complaints.get(0));
    assertTrue(
        complaints.get(0).startsWith("publisher mail failed, the verdict stays as it is: "),
        complaints.get(0));
  }

  @Test
  void aPageEscapesWhatComesFromOutside() throws Exception {
    Path page = directory.resolve("reports/page.html");

    publish(
        wish("html", page.toString(), Map.of()),
        report(failed("nightly_7", "<script>alert('x')</script>")));

    String html = Files.readString(page);
    assertTrue(html.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"), html);
    assertFalse(html.contains("<script"), html);
    assertTrue(html.contains("<td class=\"fail\">FAIL</td>"), html);
    assertEquals(1, page.getParent().toFile().list().length, "no part is left");
  }

  @Test
  void aTreeIsOrderedByProjectAndDateAndKeepsEveryReport() throws Exception {
    var wish = wish("directory", directory.resolve("tree").toString(), Map.of());
    var report = report(failed("../nightly_7", "x"));

    publish(wish, report);
    publish(wish, report);

    try (Stream<Path> all = Files.walk(directory.resolve("tree"))) {
      var names =
          all.filter(Files::isRegularFile)
              .map(it -> directory.resolve("tree").relativize(it).toString())
              .map(it -> it.replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2}", "DAY"))
              .map(it -> it.replaceAll("[0-9]{2}-[0-9]{2}-[0-9]{2}", "TIME"))
              .sorted()
              .toList();
      assertEquals(
          List.of(
              "radio/DAY/nightly.TIME.2/.._nightly_7/nightly_7.xml",
              "radio/DAY/nightly.TIME.2/junit.xml",
              "radio/DAY/nightly.TIME.2/report.html",
              "radio/DAY/nightly.TIME.2/verdict.txt",
              "radio/DAY/nightly.TIME/.._nightly_7/nightly_7.xml",
              "radio/DAY/nightly.TIME/junit.xml",
              "radio/DAY/nightly.TIME/report.html",
              "radio/DAY/nightly.TIME/verdict.txt"),
          names);
    }
  }

  @Test
  void aWebhookGetsJsonAndAnUploadAForm() throws Exception {
    var bodies = new ArrayList<String>();
    var heads = new ArrayList<String>();
    HttpServer server = server(200, bodies, heads);
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/in";
    try {
      var report = report(failed("nightly_7", "quote \" and \n line"));
      publish(wish("webhook", url, Map.of("token", "t-1")), report);
      publish(wish("upload", url, Map.of("hwproduct", "RM-763", "auth_token", "q")), report);
    } finally {
      server.stop(0);
    }

    var json = new ObjectMapper().readTree(bodies.get(0));
    assertEquals("FAIL", json.path("verdict").asText());
    assertEquals("PASS", json.path("formerVerdict").asText());
    assertEquals(101, json.path("tests").path(0).path("code").asInt());
    assertEquals("Bearer t-1 application/json", heads.get(0));
    assertTrue(heads.get(1).contains("multipart/form-data; boundary="), heads.get(1));
    String form = bodies.get(1);
    assertTrue(form.contains("name=\"hwproduct\"\r\n\r\nRM-763\r\n"), form);
    assertTrue(form.contains("name=\"report.1\"; filename=\"junit.xml\""), form);
    assertTrue(form.contains("name=\"attachment.1\"; filename=\"nightly_7.xml\""), form);
    assertEquals(List.of(), complaints);
  }

  @Test
  void aServerThatRefusesIsAComplaint() throws Exception {
    HttpServer server = server(503, new ArrayList<>(), new ArrayList<>());
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/in";
      publish(wish("webhook", url, Map.of()), report(failed("nightly_7", "x")));
    } finally {
      server.stop(0);
    }
    assertEquals(1, complaints.size());
    assertTrue(complaints.get(0).endsWith("/in answers 503: said"), complaints.get(0));
  }

  @ParameterizedTest
  @CsvSource({
    "ALWAYS, PASS, PASS, true",
    "FAILURE, PASS, FAIL, false",
    "FAILURE, FAIL, FAIL, true",
    "CHANGE, FAIL, FAIL, false",
    "CHANGE, FAIL, PASS, true",
    "CHANGE, PASS, ERROR, true",
    "CHANGE, PASS, , false",
    "CHANGE, FAIL, , true"
  })
  void whenAVerdictIsTold(Wish.When when, Verdict verdict, Verdict former, boolean expected) {
    assertEquals(expected, when.wants(verdict, Optional.ofNullable(former)));
  }

  @ParameterizedTest
  @CsvSource({
    "htm, x, , 'there is no publisher \"htm\"; did you mean html? (there are directory, html,"
        + " junit, mail, upload, webhook)'",
    "mail, a@b, smpt, 'publisher mail has no option \"smpt\"; did you mean smtp?'",
    "html, '', , 'publisher html needs a file, as in html=...'",
    "webhook, ftp://x/, , 'publisher webhook: \"ftp://x/\" is no URL that begins with http:// or"
        + " https://'",
    "mail, 'a b@', , 'publisher mail: \"a b@\" is no mail address'"
  })
  void aWishThatMakesNoSenseIsRefusedBeforeAnythingStarts(
      String publisher, String target, String option, String sentence) {
    var wish = wish(publisher, target, option == null ? Map.of() : Map.of(option, "x"));

    var refusal = assertThrows(SettingsException.class, () -> publishing(wish).announce(NIGHTLY));

    assertEquals(sentence, refusal.getMessage());
  }

  @Test
  void publishersOfOthersAreFoundAndOneThatHangsOrThrowsHarmsNobody() throws Exception {
    Path services = Files.createDirectories(directory.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(Publisher.class.getName()),
        Hanging.class.getName() + "\n" + Throwing.class.getName() + "\nno.such.Publisher\n");
    Path page = directory.resolve("page.html");
    try (var loader =
        new URLClassLoader(
            new URL[] {directory.toUri().toURL()}, PublishingTest.class.getClassLoader())) {
      var wishes =
          List.of(wish("throwing", "x", Map.of()), wish("html", page.toString(), Map.of()));
      var report = report(failed("nightly_7", "x"));
      Publishing.of(wishes, loader, Duration.ofSeconds(60), complaints::add).publish(report);
      var hanging = List.of(wish("hanging", "x", Map.of()));
      Publishing.of(hanging, loader, Duration.ofMillis(50), complaints::add).publish(report);
    }
    assertTrue(Files.exists(page), "the others are published");
    assertTrue(complaints.get(0).startsWith("a publisher cannot be used: "), complaints.get(0));
    assertTrue(
        complaints.contains("publisher throwing failed, the verdict stays as it is: out of paper"),
        complaints.toString());
    assertTrue(
        complaints.stream().anyMatch(it -> it.startsWith("publisher hanging failed")),
        complaints.toString());
  }

  /** A publisher that does not come back. */
  public static final class Hanging implements Publisher {
    @Override
    public String name() {
      return "hanging";
    }

    @Override
    public String target() {
      return "anything";
    }

    @Override
    public List<Link> publish(Report report, Wish wish) throws InterruptedException {
      new CountDownLatch(1).await();
      return List.of();
    }
  }

  /** A publisher that fails. */
  public static final class Throwing implements Publisher {
    @Override
    public String name() {
      return "throwing";
    }

    @Override
    public String target() {
      return "anything";
    }

    @Override
    public List<Link> publish(Report report, Wish wish) throws IOException {
      throw new IOException("out of paper");
    }
  }

  private void publish(Wish wish, Report report) {
    publishing(wish).publish(report);
  }

  private Publishing publishing(Wish wish) {
    return Publishing.of(
        List.of(wish),
        PublishingTest.class.getClassLoader(),
        Duration.ofSeconds(60),
        complaints::add);
  }

  private static Wish wish(String publisher, String target, Map<String, String> options) {
    return new Wish(publisher, target, options, Wish.When.ALWAYS);
  }

  private static Report report(TestedRun run) {
    return new Report(NIGHTLY, List.of(run), Optional.of(Verdict.PASS), List.of());
  }

  private TestedRun failed(String id, String message) throws IOException {
    String escaped = message.replace("<", "&lt;").replace("\"", "&quot;").replace("\n", "&#10;");
    Path file =
        Files.writeString(
            directory.resolve("nightly_7.xml"),
            "<testsuite name='s'><testcase name='c'><failure message=\""
                + escaped
                + "\"/></testcase></testsuite>");
    var ending = new Ending(Ending.Kind.FINISHED, "", Optional.empty());
    var run = TestedRun.of(id, Instant.EPOCH, Instant.EPOCH, ending, List.of(file));
    assertEquals(ResultsReading.of(List.of(file)), run.findings());
    return run;
  }

  private static HttpServer server(int status, List<String> bodies, List<String> heads)
      throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/in",
        exchange -> {
          heads.add(
              exchange.getRequestHeaders().getFirst("Authorization")
                  + " "
                  + exchange.getRequestHeaders().getFirst("Content-Type"));
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          exchange.sendResponseHeaders(status, 4);
          exchange.getResponseBody().write("said".getBytes(UTF_8));
          exchange.close();
        });
    server.start();
    return server;
  }
}
