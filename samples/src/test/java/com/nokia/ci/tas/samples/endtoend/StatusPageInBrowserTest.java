package com.nokia.ci.tas.samples.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Patience;
import com.nokia.ci.tas.samples.farm.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The status page as a real browser builds it, with a farm behind it whose owner wrote nasty texts.
 */
class StatusPageInBrowserTest {
  @TempDir Path scratch;

  @Test
  void theBrowserShowsNodesProductsAndTestsAndRunsNothingFromOutside() throws Exception {
    try (var farm = LocalFarm.start(scratch)) {
      var node = farm.addNode("node <script>document.title='owned'</script>", 2);
      String imei = farm.products().get(0).path("imei").asText();
      Path file = node.home().resolve("products").resolve(imei + ".xml");
      Files.writeString(
          file,
          Files.readString(file)
              .replaceFirst(
                  "<environment>[^<]*</environment>|<environment/>",
                  "<environment>&lt;img src=x onerror=alert(1)&gt;</environment>")
              .replaceFirst("<pin1>[^<]*</pin1>", "<pin1>9753</pin1>")
              .replaceFirst(
                  "<phone-number>[^<]*</phone-number>|<phone-number/>",
                  "<phone-number>+3585550000001</phone-number>"));
      Patience.untilTrue(
          "the edit is seen",
          () -> farm.product(imei).orElseThrow().path("environment").asText().startsWith("<img"));
      Path gate = scratch.resolve("gate");
      var test =
          ShellTest.in(
              scratch,
              "seen & bold",
              "echo running; while [ ! -e '" + gate + "' ]; do sleep 0.05; done\n");
      try (var client = test.start(farm, "--require", "imei:" + imei + ";")) {
        client.untilPrinted("running");

        String page = asTheBrowserBuildsIt("http://" + farm.address() + "/");

        assertTrue(page.contains(imei), page);
        assertTrue(page.contains("A farm for tests"), page);
        assertTrue(page.contains("seen &amp; bold"), page);
        assertFalse(page.contains("<title>owned"), "a description is text, never a script");
        assertFalse(page.contains("9753"), "no PIN on the page");
        assertFalse(farm.get("/products").body().contains("9753"), "no PIN in the JSON");
        assertFalse(farm.get("/api/v1/products").body().contains("9753"), "no PIN in the API");
        Files.createFile(gate);
        assertEquals(0, client.exitCode(), client.text());
      }
    }
  }

  private String asTheBrowserBuildsIt(String address) throws Exception {
    try (var browser =
        Program.start(
            Files.createDirectories(scratch.resolve("browser")),
            List.of(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + scratch.resolve("profile"),
                "--dump-dom",
                address))) {
      assertEquals(0, browser.exitCode(), browser.text());
      return browser.text();
    }
  }
}
