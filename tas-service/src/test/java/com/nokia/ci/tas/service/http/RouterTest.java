package com.nokia.ci.tas.service.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {
  private final Router router =
      new Router()
          .page("/", variable -> Answer.text("home"))
          .page("/api/v1/tests", variable -> Answer.text("tests"))
          .page("/api/v1/tests/{}", variable -> Answer.text("test " + variable))
          .otherwise(EarlierAddresses::answer);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET     | /                       | 200 | home",
        "HEAD    | /                       | 200 | home",
        "GET     | /?refresh=1             | 200 | home",
        "GET     | http://farm:1/          | 200 | home",
        "GET     | http://farm:1           | 200 | home",
        "GET     | /api/v1/tests           | 200 | tests",
        "GET     | /api/v1/tests?x=/y      | 200 | tests",
        "GET     | /api/v1/tests/nightly_2 | 200 | test nightly_2",
        "GET     | /api/v1/tests/a%2Fb%20c | 200 | test a/b c",
        "GET     | /api/v1/tests/a+b       | 200 | test a+b",
        "GET     | /api/v1/tests/%3Cb%3E   | 200 | test <b>",
        "GET     | /api/v1/tests/%zz       | 400 | The address has a % that is followed by no number.",
        "GET     | /api/v1/tests/a/b       | 404 | There is no such page on this service.",
        "GET     | /api/v1                 | 404 | There is no such page on this service.",
        "GET     | //                      | 404 | There is no such page on this service.",
        "GET     | *                       | 404 | There is no such page on this service.",
        "POST    | /nowhere                | 404 | There is no such page on this service.",
        "POST    | /                       | 405 | POST is not understood here; pages are read with GET.",
        "DELETE  | /api/v1/tests/a         | 405 | DELETE is not understood here; pages are read with GET.",
        "OPTIONS | /api/v1/tests           | 405 | OPTIONS is not understood here; pages are read with GET."
      })
  void anAddressLeadsToItsPage(String method, String target, int status, String body) {
    Answer answer = Asked.answer(router, Asked.with(method, target));
    assertEquals(status, answer.status());
    assertEquals(body, answer.body().strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/test-node-hostname:node7;test-node-port:27182;                    | /nodes/node7%3A27182",
        "/test-node-hostname:node7;test-node-port:27182;product-imei:00440; | /products/00440",
        "/test-node-hostname:a%0D%0Ab;test-node-port:1;                     | /nodes/a%0D%0Ab%3A1",
        "/statistics-date:24.12.2026;                                       | /statistics?from=2026-12-24&to=2026-12-24"
      })
  void anEarlierAddressLeadsToItsSuccessor(String target, String location) {
    Answer answer = Asked.answer(router, Asked.get(target));
    assertEquals(302, answer.status());
    assertEquals(location, answer.headers().get("location"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"31.2.2026", "31.02.2026", "2026-12-24", "", "<b>"})
  void aDayThatIsNoneIsRefusedWithItsForm(String day) {
    Answer answer = Asked.answer(router, Asked.get("/statistics-date:" + day + ";"));
    assertEquals(400, answer.status());
    assertEquals("Write the day as dd.MM.yyyy, such as 24.12.2026.", answer.body().strip());
  }

  @Test
  void anActionIsDoneWithPostAlone() {
    var done = new ArrayList<String>();
    router.action(
        "/api/v1/tests/{}/stop",
        (request, id) -> {
          done.add(id);
          return CompletableFuture.completedFuture(Answer.text("stopped"));
        });

    assertEquals(405, Asked.answer(router, Asked.get("/api/v1/tests/a%20b/stop")).status());
    assertEquals(List.of(), done);
    assertEquals(
        200, Asked.answer(router, Asked.with("POST", "/api/v1/tests/a%20b/stop")).status());
    assertEquals(List.of("a b"), done);
  }

  @ParameterizedTest
  @CsvSource({
    "/action:turn-maintenance-mode-on;test-node-hostname:n;test-node-port:1;",
    "/action:turn-maintenance-mode-off;test-node-hostname:n;test-node-port:1;"
  })
  void openingAnAddressChangesNothing(String target) {
    assertEquals(403, Asked.answer(router, Asked.get(target)).status());
  }
}
