package com.nokia.ci.tas.samples.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nokia.ci.tas.samples.farm.Patience;
import com.nokia.ci.tas.samples.farm.Program;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Chromium that a test looks through and clicks in, by the DevTools protocol. It waits for what
 * is on the page, for up to a minute, and never for a time. For one thread.
 */
final class Chromium implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int WIDTH = 1_280;
  private static final int HEIGHT = 900;

  private final Program process;
  private final WebSocket line;
  private final Answers answers = new Answers();
  private final AtomicInteger number = new AtomicInteger();
  private Optional<String> early = Optional.empty();

  /** Starts one with a profile of its own. */
  Chromium(Path scratch) throws Exception {
    Path profile = Files.createTempDirectory(scratch, "profile");
    process =
        Program.start(
            profile,
            List.of(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank"));
    var http = HttpClient.newBuilder().connectTimeout(LIMIT).build();
    Path told = profile.resolve("DevToolsActivePort");
    String port =
        Patience.until(
            "the browser says where it listens",
            () ->
                Files.exists(told)
                    ? Files.readAllLines(told).stream().findFirst().filter(it -> !it.isBlank())
                    : Optional.empty());
    String address =
        Patience.until(
            "the browser has a page",
            () -> {
              var list =
                  http.send(
                      HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
                          .timeout(LIMIT)
                          .build(),
                      HttpResponse.BodyHandlers.ofString());
              for (JsonNode target : JSON.readTree(list.body())) {
                if (target.path("type").asText().equals("page")) {
                  return Optional.of(target.path("webSocketDebuggerUrl").asText());
                }
              }
              return Optional.empty();
            });
    line =
        http.newWebSocketBuilder()
            .connectTimeout(LIMIT)
            .buildAsync(URI.create(address), answers)
            .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    send("Page.enable", Map.of());
    send("Runtime.enable", Map.of());
    screen(WIDTH, "light");
  }

  /** Puts the parts of answers together and hands each to who asked. */
  private static final class Answers implements WebSocket.Listener {
    private final Map<Integer, CompletableFuture<JsonNode>> awaited = new ConcurrentHashMap<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
      text.append(part);
      if (isLast) {
        try {
          var told = JSON.readTree(text.toString());
          var asker = awaited.remove(told.path("id").asInt());
          if (asker != null) {
            asker.complete(told);
          }
        } catch (IOException e) {
          awaited.values().forEach(it -> it.completeExceptionally(e));
        }
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  /** Has the browser do something and returns what it says. */
  private JsonNode send(String method, Map<String, ?> parameters) throws Exception {
    int id = number.incrementAndGet();
    var answer = new CompletableFuture<JsonNode>();
    answers.awaited.put(id, answer);
    ObjectNode command = JSON.createObjectNode().put("id", id).put("method", method);
    command.set("params", JSON.valueToTree(parameters));
    line.sendText(command.toString(), true).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    JsonNode told = answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    if (told.has("error")) {
      throw new IllegalStateException(method + ": " + told.path("error"));
    }
    return told.path("result");
  }

  /** What an expression is worth on the page as it is; promises are awaited. */
  JsonNode ask(String script) throws Exception {
    var result =
        send(
            "Runtime.evaluate",
            Map.of("expression", script, "awaitPromise", true, "returnByValue", true));
    if (result.has("exceptionDetails")) {
      throw new IllegalStateException(script + ": " + result.path("exceptionDetails"));
    }
    return result.path("result").path("value");
  }

  /** Waits until an expression is true on the page, whichever page that is by then. */
  void await(String claim, String script) throws Exception {
    Patience.untilTrue(
        claim,
        () -> {
          try {
            return ask("Boolean(" + script + ")").asBoolean();
          } catch (IllegalStateException e) {
            return false; // between two pages there is nothing to ask
          }
        });
  }

  /** Waits until the page has a text in one of its parts. */
  void awaitText(String selector, String text) throws Exception {
    await(
        "\"" + text + "\" in " + selector,
        "document.querySelector("
            + quoted(selector)
            + ")?.innerText.includes("
            + quoted(text)
            + ")");
  }

  /** Opens a page and waits until it is there. */
  void open(String address) throws Exception {
    ask("window.isFormer = true");
    send("Page.navigate", Map.of("url", address));
    awaitPage();
  }

  /** Clicks as a mouse does, and waits for the page that it leads to. */
  void follow(String selector) throws Exception {
    ask("window.isFormer = true");
    click(selector);
    awaitPage();
  }

  /** Presses Enter where one is, and waits for the page that it leads to. */
  void enter() throws Exception {
    ask("window.isFormer = true");
    press("Enter");
    awaitPage();
  }

  /** Presses a key: Enter or Tab. */
  void press(String key) throws Exception {
    boolean isEnter = key.equals("Enter");
    for (String type : List.of("keyDown", "keyUp")) {
      var event =
          new HashMap<String, Object>(
              Map.of(
                  "type",
                  type,
                  "key",
                  key,
                  "code",
                  key,
                  "windowsVirtualKeyCode",
                  isEnter ? 13 : 9));
      if (isEnter) {
        event.put("text", "\r");
      }
      send("Input.dispatchKeyEvent", event);
    }
  }

  private void awaitPage() throws Exception {
    await("the next page is there", "!window.isFormer && document.readyState === 'complete'");
  }

  /** Clicks in the middle of something. */
  void click(String selector) throws Exception {
    await(selector + " is there", "document.querySelector(" + quoted(selector) + ")");
    JsonNode place =
        ask(
            "(() => { const e = document.querySelector("
                + quoted(selector)
                + "); e.scrollIntoView({block: 'center', behavior: 'instant'});"
                + " const b = e.getBoundingClientRect();"
                + " return {x: b.x + b.width / 2, y: b.y + b.height / 2}; })()");
    for (String type : List.of("mousePressed", "mouseReleased")) {
      send(
          "Input.dispatchMouseEvent",
          Map.of(
              "type",
              type,
              "x",
              place.path("x").asDouble(),
              "y",
              place.path("y").asDouble(),
              "button",
              "left",
              "clickCount",
              1));
    }
  }

  /** Types into a field. */
  void type(String selector, String text) throws Exception {
    await(selector + " is there", "document.querySelector(" + quoted(selector) + ")");
    ask("document.querySelector(" + quoted(selector) + ").focus()");
    send("Input.insertText", Map.of("text", text));
  }

  /**
   * Runs a script before those of each page that is opened from now on, instead of the last one.
   */
  void beforeEachPage(String script) throws Exception {
    if (early.isPresent()) {
      send("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", early.get()));
    }
    var added = send("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
    early = Optional.of(added.path("identifier").asText());
  }

  /** Reaches no address of these patterns from now on. */
  void block(String... patterns) throws Exception {
    send("Network.enable", Map.of());
    send("Network.setBlockedURLs", Map.of("urls", List.of(patterns)));
  }

  /** Keeps what is downloaded in a directory from now on, under the names that pages give it. */
  void downloadInto(Path directory) throws Exception {
    send(
        "Browser.setDownloadBehavior",
        Map.of("behavior", "allow", "downloadPath", directory.toString()));
  }

  /** Looks from now on at a screen of a width, in the light or in the dark. */
  void screen(int width, String scheme) throws Exception {
    send(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", HEIGHT, "deviceScaleFactor", 1, "mobile", width < 600));
    send(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** Keeps what is seen. */
  void shoot(Path file) throws Exception {
    var size = send("Page.getLayoutMetrics", Map.of()).path("cssContentSize");
    var picture =
        send(
            "Page.captureScreenshot",
            Map.of(
                "format",
                "png",
                "captureBeyondViewport",
                true,
                "clip",
                Map.of(
                    "x",
                    0,
                    "y",
                    0,
                    "width",
                    size.path("width").asDouble(),
                    "height",
                    Math.min(2_400, size.path("height").asDouble()),
                    "scale",
                    1)));
    Files.createDirectories(file.getParent());
    Files.write(file, Base64.getDecoder().decode(picture.path("data").asText()));
  }

  /** A text as a script has it. */
  static String quoted(String text) throws IOException {
    return JSON.writeValueAsString(text);
  }

  @Override
  public void close() {
    line.abort();
    process.close();
  }
}
