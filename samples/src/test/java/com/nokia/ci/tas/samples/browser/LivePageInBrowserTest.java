package com.nokia.ci.tas.samples.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.Closing;
import com.nokia.ci.tas.samples.farm.LocalFarm;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How an open page learns of what happens, whatever becomes of the stream of events. */
class LivePageInBrowserTest {
  private static final String STREAMS =
      "performance.getEntriesByType('resource').filter(it => it.name.includes('/api/v1/events'))";

  @TempDir static Path scratch;
  private static SeenFarm seen;
  private static LocalFarm farm;
  private static Chromium browser;

  @BeforeAll
  @Timeout(600)
  static void startFarm() throws Exception {
    seen = SeenFarm.start(scratch, 2);
    farm = seen.farm();
    browser = seen.browser();
  }

  @AfterAll
  static void endFarm() {
    Closing.all(seen);
  }

  private static void ended(String id) throws Exception {
    seen.ended(id, "echo done\n", "rm-code:RM-763;", 0);
  }

  /** Opens a page on which nothing is asked for unless an event says that it changed. */
  private static void openWithEventsAlone(String path) throws Exception {
    browser.beforeEachPage("window.setInterval = () => 0;");
    seen.open(path);
    browser.ask("window.isSamePage = true");
  }

  @Test
  void aPageHearsOfAChangeByTheStreamAndSaysWhenTheServiceIsAwayAndGoesOn() throws Exception {
    openWithEventsAlone("/");
    ended("told_by_an_event");
    browser.awaitText("#ended", "told_by_an_event");

    farm.killService();
    browser.awaitText("#stale", "The service has not answered since");

    farm.startService();
    browser.await("it says so no more", "document.getElementById('stale').textContent === ''");
    ended("told_after_a_restart");
    browser.awaitText("#ended", "told_after_a_restart");
    assertTrue(browser.ask("window.isSamePage === true").asBoolean(), "it was not reloaded");
  }

  @Test
  void aPageWhoseStreamIsRefusedAsksNowAndThen() throws Exception {
    browser.beforeEachPage("");
    browser.block("*/api/v1/events*");
    try {
      seen.open("/");
      browser.awaitText("#stale", "Changes are looked for every few seconds.");
      ended("seen_without_events");
      browser.awaitText("#ended", "seen_without_events");
    } finally {
      browser.block();
    }
    browser.await("it is told again", "document.getElementById('stale').textContent === ''");
  }

  @Test
  void aSettingAndAGateOfANodeAreOnThePageWithoutAskingAndALogGoesOn() throws Exception {
    Path more = scratch.resolve("more");
    try (var client =
        seen.started(
            "talks",
            "echo first; while [ ! -e '" + more + "' ]; do sleep 0.1; done; echo second\n",
            "rm-code:RM-763;")) {
      client.untilPrinted("first");
      openWithEventsAlone("/tests/talks");
      browser.awaitText("#lines", "first");
      isMaintained();
      Files.createFile(more);
      browser.awaitText("#lines", "second");
      assertEquals(0, client.exitCode(), client.text());
    }
    openWithEventsAlone("/");
    try (var client =
        seen.started(
            "waits_at_a_gate",
            "echo never\n",
            "rm-code:RM-763;",
            "--env",
            "tas.gate.free-disk=1000000G")) {
      browser.awaitText("#running", "waits_at_a_gate");
      browser.awaitText("#running", "of free disk");
      client.kill();
    }
    assertTrue(browser.ask("window.isSamePage === true").asBoolean(), "it was not reloaded");
  }

  private static void isMaintained() throws Exception {
    Path settings = farm.serviceHome().resolve("configuration.dat");
    String before = Files.readString(settings);
    Files.writeString(
        settings, before.replaceFirst("(?m)^maintenance-mode=.*$", "maintenance-mode=1"));
    try {
      browser.awaitText("main", "Maintenance.");
    } finally {
      Files.writeString(settings, before);
    }
    browser.await(
        "it is over", "!document.querySelector('main').innerText.includes('Maintenance.')");
  }

  @Test
  void aPageThatNobodySeesKeepsQuietAndIsCurrentWhenItIsSeenAgain() throws Exception {
    openWithEventsAlone("/");
    browser.awaitText("#nodes", SeenFarm.NODE);
    browser.ask(
        "Object.defineProperty(document, 'hidden', {value: true, configurable: true});"
            + "document.dispatchEvent(new Event('visibilitychange'));"
            + "window.hiddenAt = performance.now()");
    browser.await("its stream is closed", STREAMS + ".some(it => it.responseEnd > 0)");

    ended("not_seen_at_first");

    assertEquals(
        "",
        browser
            .ask(
                "performance.getEntriesByType('resource')"
                    + ".filter(it => it.startTime > window.hiddenAt).map(it => it.name).join()")
            .asText(),
        "asked for while nobody looked");
    browser.ask(
        "Object.defineProperty(document, 'hidden', {value: false, configurable: true});"
            + "document.dispatchEvent(new Event('visibilitychange'))");
    browser.awaitText("#ended", "not_seen_at_first");
  }
}
