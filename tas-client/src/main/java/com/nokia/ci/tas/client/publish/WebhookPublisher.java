package com.nokia.ci.tas.client.publish;

import com.nokia.ci.tas.client.verdict.TestedRun;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Set;

/**
 * Publisher {@code webhook}: posts a JSON document to another program. Option {@code token} is
 * shown as a bearer token.
 */
public final class WebhookPublisher implements Publisher {
  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public String target() {
    return "a URL";
  }

  @Override
  public Set<String> options() {
    return Set.of("token");
  }

  @Override
  public List<Link> announce(Announcement announcement, Wish wish) {
    HttpSending.post(wish.target()); // a URL that is none is found before anything is started
    return List.of();
  }

  @Override
  public List<Link> publish(Report report, Wish wish) throws IOException, InterruptedException {
    var request =
        HttpSending.post(wish.target())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json(report)));
    String token = wish.option("token", "");
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpSending.send(request.build());
    return List.of();
  }

  private static String json(Report report) {
    var json = new JsonText();
    json.open()
        .text("project", report.announcement().project())
        .text("series", report.announcement().series())
        .text("verdict", report.verdict().name())
        .text("formerVerdict", report.former().map(Enum::name).orElse(""))
        .number("begun", report.announcement().begun().toEpochMilli())
        .openList("tests");
    report.runs().forEach(run -> test(json, run));
    json.closeList().openList("links");
    report
        .links()
        .forEach(it -> json.open().text("text", it.text()).text("address", it.address()).close());
    return json.closeList().close().toString();
  }

  private static void test(JsonText json, TestedRun run) {
    json.open()
        .text("id", run.id())
        .text("verdict", run.judgement().verdict().name())
        .number("code", run.judgement().code().number())
        .text("fault", run.judgement().fault().map(it -> it.text()).orElse(""))
        .text("sentence", run.judgement().sentence())
        .text("products", String.join(", ", run.products()))
        .number("milliseconds", run.time().toMillis())
        .close();
  }
}
