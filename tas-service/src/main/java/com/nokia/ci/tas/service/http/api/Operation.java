package com.nokia.ci.tas.service.http.api;

import com.nokia.ci.tas.commons.model.AccessRole;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Everything that a program can ask of a service: the one list from which the routes and the
 * OpenAPI document are made. Reading is done with GET and changes nothing; doing with POST.
 */
public enum Operation {
  OPENAPI(reads("/api/v1/openapi.json", "This description", "Any").tagged("service")),
  ME(reads("/api/v1/me", "Who asks, and what that one may do", "Me").tagged("service")),
  SETTINGS(
      reads("/api/v1/settings", "The settings in force, without secrets", "Settings")
          .tagged("service")),

  TESTS(
      reads(
              "/api/v1/tests",
              "Tests that wait, run or have ended, page by page: those that have not ended, the"
                  + " last received first, then those that have, the last ended first",
              "Tests")
          .tagged("tests")
          .with(Filters.STATE)
          .with(Filters.TESTS)
          .with(Filters.PAGE)),
  TEST(
      reads("/api/v1/tests/{id}", "A test; of several of that id the last", "Test")
          .tagged("tests")),
  PLAN(
      reads(
              "/api/v1/plans/{id}",
              "A run of a plan: its steps, and how the tests of each are",
              "Plan")
          .tagged("tests")),
  WHY(
      reads("/api/v1/tests/{id}/why", "Why a test waits, and what would start it", "Why")
          .tagged("tests")),
  STOP(
      does("/api/v1/tests/{id}/stop", "Stops a test; that of another takes operate", "Reason")
          .takes(AccessRole.SUBMIT)
          .tagged("tests")),

  PRIORITY(
      does(
              "/api/v1/tests/{id}/priority",
              "Gives a test that has not ended another priority; that of another takes operate",
              "Priority")
          .takes(AccessRole.SUBMIT)
          .tagged("tests")),
  RUN_AGAIN(
      does(
              "/api/v1/tests/{id}/run-again",
              "Runs a test once more that has ended, if it needs nothing of its client; else the"
                  + " problem has the command to type; that of another takes operate",
              "RunAgain")
          .takes(AccessRole.SUBMIT)
          .tagged("tests")),
  ATTEMPTS(
      reads(
              "/api/v1/tests/{id}/attempts",
              "The runs of a test, the last 20 of it or of each sub-test, the first of them first",
              "Attempts")
          .tagged("tests")),

  LOG(
      reads(
              "/api/v1/tests/{id}/log",
              "Lines of a test's output with their levels, as its node keeps it; ask again from"
                  + " next while it has not ended",
              "Log")
          .tagged("tests")
          .with(
              Parameter.number("from", "the next of the answer before, 0 by default"),
              Parameter.text("part", "which sub-test, such as _1, of a test that is split"))),
  RESULTS(
      reads(
              "/api/v1/tests/{id}/results",
              "A results file that the node of a test keeps; that of another takes operate",
              "Text")
          .as("application/octet-stream")
          .takes(AccessRole.SUBMIT)
          .tagged("tests")
          .with(
              Parameter.text("file", "which of several"),
              Parameter.text("part", "which sub-test, such as _1, of a test that is split"))),

  HISTORY_LINES(
      reads("/api/v1/history.jsonl", "Ended tests as lines of JSON, the last ended first", "Text")
          .as("application/x-ndjson")
          .tagged("tests")
          .with(Filters.TESTS)),
  HISTORY_TABLE(
      reads("/api/v1/history.csv", "Ended tests as a table, the last ended first", "Text")
          .as("text/csv")
          .tagged("tests")
          .with(Filters.TESTS)),

  STATISTICS(
      reads(
              "/api/v1/statistics",
              "What the farm has done over some days: use of products, what ended by day and hour,"
                  + " times with percentiles, causes, what was wanted, who used it",
              "Statistics")
          .tagged("farm")
          .with(Filters.PERIOD)),
  STATISTICS_TABLE(
      reads("/api/v1/statistics.csv", "One of its tables, that of the days by default", "Text")
          .as("text/csv")
          .tagged("farm")
          .with(Filters.PERIOD)),

  EVENTS(
      reads(
              "/api/v1/events",
              "What happens on the farm, as it happens: server-sent events hello, test, product,"
                  + " node, detail, settings and gap, each with an id to resume at (Last-Event-ID)",
              "Text")
          .as("text/event-stream")
          .tagged("farm")
          .with(
              Parameter.text(
                  "topic",
                  "test, product, node, detail or settings; several with commas between them"),
              Parameter.text("test", "what happens to the test of this id"),
              Parameter.text("product", "what happens to this product, by IMEI"),
              Parameter.text("node", "what happens on this node, host:port"),
              Parameter.text("project", "what happens to the tests of this project"),
              Parameter.text("after", "the id to resume at, as Last-Event-ID"))),

  QUEUE(
      reads(
              "/api/v1/queue",
              "The tests that wait, in their order, with what they wait for",
              "Queue")
          .tagged("tests")
          .with(
              Parameter.number("from", "how many to leave out, 0 by default"),
              Parameter.number("limit", "at most so many, 1000 by default and at most"))),

  PRODUCTS(reads("/api/v1/products", "The products of the farm", "Products").tagged("products")),
  PRODUCT(reads("/api/v1/products/{imei}", "A product", "Product").tagged("products")),
  FREE(order("/api/v1/products/{imei}/free", "Frees a product", "products")),
  DISABLE_PRODUCT(
      order("/api/v1/products/{imei}/disable", "Takes a product out of use", "products")),
  DRAIN_PRODUCT(
      order(
          "/api/v1/products/{imei}/drain",
          "Lets a product end its test, then no more",
          "products")),
  ENABLE_PRODUCT(
      order("/api/v1/products/{imei}/enable", "Puts a product into use again", "products")),
  NOTE_PRODUCT(order("/api/v1/products/{imei}/note", "Notes something on a product", "products")),
  TAKE_PRODUCT(
      order("/api/v1/products/{imei}/take", "Takes a product in hand until a time", "products")),
  EXTEND_PRODUCT(
      order(
          "/api/v1/products/{imei}/extend",
          "Keeps a product in hand until another time",
          "products")),
  GIVE_BACK_PRODUCT(order("/api/v1/products/{imei}/give-back", "Gives a product back", "products")),

  NODES(reads("/api/v1/nodes", "The nodes of the farm", "Nodes").tagged("nodes")),
  NODE(reads("/api/v1/nodes/{address}", "A node, by host:port", "Node").tagged("nodes")),
  DISABLE_NODE(order("/api/v1/nodes/{address}/disable", "Takes a node out of use", "nodes")),
  DRAIN_NODE(
      order("/api/v1/nodes/{address}/drain", "Lets a node end its tests, then no more", "nodes")),
  ENABLE_NODE(order("/api/v1/nodes/{address}/enable", "Puts a node into use again", "nodes")),
  NOTE_NODE(order("/api/v1/nodes/{address}/note", "Notes something on a node", "nodes"));

  private static final Pattern VARIABLE = Pattern.compile("\\{[^}]*}");

  @SuppressWarnings("ImmutableEnumChecker")
  private final Sketch sketch;

  Operation(Sketch sketch) {
    this.sketch = sketch;
  }

  /**
   * What is done at an address.
   *
   * @param pattern as of a router
   * @throws IllegalArgumentException when nothing is
   */
  public static Operation doing(String pattern) {
    return Arrays.stream(values())
        .filter(one -> !one.isReading() && one.pattern().equals(pattern))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("nothing is done at " + pattern));
  }

  /** Whether it only reads, and is done with GET; else it is done with POST. */
  public boolean isReading() {
    return sketch.body().isEmpty();
  }

  /** Its address, the variable in braces. */
  public String path() {
    return sketch.path();
  }

  /** Its address as a router knows it. */
  public String pattern() {
    return VARIABLE.matcher(sketch.path()).replaceAll("{}");
  }

  /** Name of the variable in its address. */
  public Optional<String> variable() {
    var found = VARIABLE.matcher(sketch.path());
    return found.find()
        ? Optional.of(found.group().substring(1, found.group().length() - 1))
        : Optional.empty();
  }

  /** What it does, one line. */
  public String summary() {
    return sketch.summary();
  }

  /** What it takes, at least somewhere on the farm. */
  public AccessRole role() {
    return sketch.role();
  }

  /** What it belongs to. */
  public String tag() {
    return sketch.tag();
  }

  /** What can be said behind the question mark. */
  public List<Parameter> parameters() {
    return sketch.parameters();
  }

  /** Name of the schema of what is sent with it, when it does something. */
  public Optional<String> body() {
    return sketch.body();
  }

  /** Name of the schema of its answer. */
  public String answer() {
    return sketch.answer();
  }

  /** Media type of its answer. */
  public String media() {
    return sketch.media();
  }

  /** The answer's status when all is well. */
  public int status() {
    return sketch.status();
  }

  private static Sketch reads(String path, String summary, String answer) {
    return new Sketch(
        path,
        summary,
        AccessRole.VIEW,
        "farm",
        List.of(),
        Optional.empty(),
        answer,
        "application/json",
        200);
  }

  /** What is done is done soon: the answer says that it was ordered. */
  private static Sketch does(String path, String summary, String body) {
    return new Sketch(
        path,
        summary,
        AccessRole.OPERATE,
        "farm",
        List.of(),
        Optional.of(body),
        "Ordered",
        "application/json",
        202);
  }

  private static Sketch order(String path, String summary, String tag) {
    return does(path, summary, "Reason").tagged(tag);
  }

  /** An operation before it has its name. */
  private record Sketch(
      String path,
      String summary,
      AccessRole role,
      String tag,
      List<Parameter> parameters,
      Optional<String> body,
      String answer,
      String media,
      int status) {

    Sketch tagged(String newTag) {
      return new Sketch(path, summary, role, newTag, parameters, body, answer, media, status);
    }

    Sketch as(String newMedia) {
      return new Sketch(path, summary, role, tag, parameters, body, answer, newMedia, status);
    }

    Sketch takes(AccessRole newRole) {
      return new Sketch(path, summary, newRole, tag, parameters, body, answer, media, status);
    }

    Sketch with(Parameter... more) {
      return with(Arrays.asList(more));
    }

    Sketch with(List<Parameter> more) {
      return new Sketch(
          path,
          summary,
          role,
          tag,
          Stream.concat(parameters.stream(), more.stream()).toList(),
          body,
          answer,
          media,
          status);
    }
  }
}
