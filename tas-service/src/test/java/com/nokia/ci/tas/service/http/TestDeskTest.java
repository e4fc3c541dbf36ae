package com.nokia.ci.tas.service.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists of tests as programs ask for them. */
final class TestDeskTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final Router site = SiteTest.site(SampleFarm.friendly());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                            | nightly_2026-11-20_run nightly_2026-11-20_wait smoke_1 smoke_2 smoke_3",
        "state=ended                 | smoke_1 smoke_2 smoke_3",
        "state=waiting               | nightly_2026-11-20_wait",
        "state=running,waiting       | nightly_2026-11-20_run nightly_2026-11-20_wait",
        "state=preparing             |",
        "verdict=stopped             | smoke_3",
        "verdict=failed&state=ended  | smoke_2",
        "verdict=failed&state=running|",
        "id=smoke_1                  | smoke_1",
        "text=NIGHTLY                | nightly_2026-11-20_run nightly_2026-11-20_wait",
        "text=oke_                   | smoke_1 smoke_2 smoke_3",
        "code=executor-failed        | smoke_2",
        "node=nobody:1               |",
        "since=0                     | nightly_2026-11-20_run nightly_2026-11-20_wait smoke_1 smoke_2 smoke_3",
        "before=1                    |"
      })
  void aListHasWhatWasAskedFor(String query, String ids) throws IOException {
    String wanted = ids == null ? "" : ids;
    assertEquals(
        wanted, String.join(" ", ids(get("/api/v1/tests?" + (query == null ? "" : query)))));
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "4", "5", "6"})
  void pagesHaveEverythingOnceInTheSameOrder(int limit) throws IOException {
    var all = ids(get("/api/v1/tests"));
    var read = new ArrayList<String>();
    var page = get("/api/v1/tests?limit=" + limit);
    int pages = 1;
    read.addAll(ids(page));
    while (page.has("next")) {
      assertEquals(limit, page.path("tests").size());
      page = get("/api/v1/tests?limit=" + limit + "&cursor=" + page.path("next").asText());
      read.addAll(ids(page));
      pages++;
      assertTrue(pages <= 10, read.toString());
    }

    assertEquals(all, read);
    assertEquals((5 + limit - 1) / limit, pages);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "state=asleep  | state is waiting",
        "verdict=maybe | verdict is finished",
        "text=ab       | at least three",
        "limit=0       | limit is a whole number from 1 to 1000",
        "limit=x       | limit is a whole number",
        "since=-1      | since is a whole number",
        "cursor=%20    | cursor is what the page before gave",
        "cursor=abc    | cursor is what the page before gave"
      })
  void whatMakesNoSenseIsRefusedWithASentence(String query, String sentence) throws IOException {
    for (String list : List.of("/api/v1/tests?", "/api/v1/history.csv?")) {
      var answer = Asked.answer(site, Asked.get(list + query));

      assertEquals(400, answer.status());
      assertEquals("application/problem+json; charset=utf-8", answer.type());
      String detail = JSON.readTree(answer.body()).path("detail").asText();
      assertTrue(detail.contains(sentence), detail);
    }
  }

  @Test
  void historyIsExportedAsATable() {
    var answer = Asked.answer(SiteTest.site(SampleFarm.nasty()), Asked.get("/api/v1/history.csv"));
    var lines = whole(answer).split("\r\n");

    assertTrue(answer.type().startsWith("text/csv"));
    assertTrue(lines[0].startsWith("number,id,project,owner,client,verdict,fault,code"), lines[0]);
    assertEquals(SampleFarm.nasty().ended().size() + 1, lines.length);
    assertTrue(lines[1].split(",", -1).length >= 16, lines[1]);
  }

  @Test
  void historyIsExportedAsLinesOfJson() throws IOException {
    var answer = Asked.answer(site, Asked.get("/api/v1/history.jsonl?verdict=failed"));
    var lines = whole(answer).lines().toList();

    assertEquals(1, lines.size());
    assertEquals("smoke_2", JSON.readTree(lines.get(0)).path("id").asText());
  }

  private static String whole(Answer answer) {
    var text = new StringBuilder();
    try (var body = answer.made().orElseThrow()) {
      while (!body.isOver()) {
        body.next().ifPresent(it -> text.append(it.text()));
      }
    }
    return text.toString();
  }

  private JsonNode get(String address) throws IOException {
    var answer = Asked.answer(site, Asked.get(address));
    assertEquals(200, answer.status(), answer.body());
    return JSON.readTree(answer.body());
  }

  private static List<String> ids(JsonNode list) {
    return list.path("tests").findValuesAsText("id").stream().filter(it -> !it.isEmpty()).toList();
  }
}
