package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ResultsWish;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.ServiceLook;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.farm.FarmSnapshot.RunningTest;
import com.nokia.ci.tas.service.farm.FarmSnapshot.SubTest;
import com.nokia.ci.tas.service.farm.FarmSnapshot.WaitingTest;
import com.nokia.ci.tas.service.http.api.Operation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the nodes of tests keep: output, line by line while it comes, and results. The service holds
 * none of it and asks the node each time.
 */
final class RunDesk {
  /** More files at once would take all threads that read them. */
  private static final int MOST_DOWNLOADS = 4;

  private final FarmSource source;
  private final TestDesk tests;
  private final AtomicInteger downloads = new AtomicInteger();

  RunDesk(FarmSource source) {
    this.source = source;
    this.tests = new TestDesk(source);
  }

  void addTo(Router router) {
    router
        .latePage(Operation.LOG.pattern(), this::log)
        .latePage(Operation.RESULTS.pattern(), this::results)
        .latePage("/tests/{}/results", this::results);
  }

  /**
   * A run of a test, or what stands in the way of one.
   *
   * @param test as it is or ended
   * @param problem instead
   */
  private record Found(
      Optional<TestDescription> test,
      RuntimeId run,
      Optional<NodeId> node,
      boolean isOver,
      Optional<Answer> problem) {

    static Found not(int status, String sentence) {
      return new Found(
          Optional.empty(),
          RuntimeId.of(""),
          Optional.empty(),
          false,
          Optional.of(Answer.problem(status, sentence)));
    }
  }

  private Found find(Request request, String name) {
    var id = new TestId(name);
    var farm = VisibleFarm.of(source.farm(), request.visitor());
    String part = request.query("part").orElse("");
    var running = farm.running(id);
    var waiting = farm.waiting(id);
    Optional<EndedTest> ended =
        running.isPresent() || waiting.isPresent() ? Optional.empty() : tests.ended(request, id);
    var test =
        running
            .map(RunningTest::test)
            .or(() -> waiting.map(WaitingTest::test))
            .or(() -> ended.map(EndedTest::test));
    if (test.isEmpty()) {
      return Found.not(404, TestDesk.NO_SUCH_TEST);
    }
    boolean isOver = ended.isPresent();
    var parts =
        ended
            .map(it -> it.parts().stream().map(SubTest::of).toList())
            .orElseGet(() -> farm.subTests(id));
    if (parts.isEmpty()) {
      var node = running.map(RunningTest::node).or(() -> ended.flatMap(EndedTest::node));
      return new Found(test, new RuntimeId(id, /* subId= */ ""), node, isOver, Optional.empty());
    }
    var meant = parts.stream().filter(it -> it.id().subId().equals(part)).findFirst();
    return meant.isPresent()
        ? new Found(
            test,
            meant.get().id(),
            meant.get().node(),
            isOver || meant.get().state().equals("finished"),
            Optional.empty())
        : Found.not(
            400,
            "The test is split; say which sub-test with part="
                + parts.stream().map(it -> it.id().subId()).collect(Collectors.joining(" or part="))
                + ".");
  }

  // ---- log

  private CompletableFuture<Answer> log(Request request, String name) {
    var found = find(request, name);
    if (found.problem().isPresent()) {
      return now(found.problem().get());
    }
    var from = request.query("from").filter(it -> !it.isEmpty()).orElse("0");
    if (!from.matches("[0-9]{1,15}")) {
      return now(Answer.problem(400, "\"from\" has to be the number that \"next\" said, or 0."));
    }
    if (found.node().isEmpty()) {
      return now(
          Answer.problem(
              409,
              found.isOver()
                  ? "The test had no run, so it has no output."
                  : "The test waits; it has output when it runs."));
    }
    long offset = Long.parseLong(from);
    var part = new CompletableFuture<byte[]>();
    var refusal = new CompletableFuture<Answer>();
    source
        .files()
        .ask(
            found.node().get(),
            found.run(),
            ServiceLook.OUTPUT,
            offset,
            new OutputPart(part),
            sentence -> refusal.complete(Answer.problem(503, sentence)));
    var told =
        part.thenApply(
                bytes -> {
                  var json = LogLines.of(bytes, offset, found.isOver());
                  json.put("run", found.run().text()).put("node", found.node().get().toString());
                  return Site.json(json);
                })
            .exceptionally(failure -> broken());
    return either(told, refusal);
  }

  // ---- results

  private CompletableFuture<Answer> results(Request request, String name) {
    var found = find(request, name);
    if (found.problem().isPresent()) {
      return now(found.problem().get());
    }
    var test = found.test().orElseThrow();
    if (!request.visitor().maySteer(test)) {
      return now(
          Answer.problem(
              403,
              "The results of your own test take the role submit, those of others the role"
                  + " operate: nobody has looked whether there are secrets in them."));
    }
    if (!found.isOver()) {
      return now(Answer.problem(409, "The test has not ended; its results are there when it has."));
    }
    if (found.node().isEmpty()) {
      return now(Answer.problem(404, "The test had no run, so it has no results."));
    }
    var wish = ResultsWish.of(test.execution().resultsFilename());
    var file = request.query("file").filter(it -> !it.isEmpty()).or(() -> only(wish, found.run()));
    if (file.isEmpty()) {
      return now(Answer.problem(400, which(wish)));
    }
    var complaint = SafeName.complaint("results file", file.get());
    if (complaint.isPresent() || !wish.mayArriveAs(file.get(), found.run().subId())) {
      return now(
          Answer.problem(
              404,
              "The test has no results file " + SafeName.shown(file.get()) + ". " + which(wish)));
    }
    return download(found, file.get(), test);
  }

  private CompletableFuture<Answer> download(Found found, String file, TestDescription test) {
    if (downloads.incrementAndGet() > MOST_DOWNLOADS) {
      downloads.decrementAndGet();
      return now(Answer.problem(503, "Too many results are on their way; try again in a moment."));
    }
    var begun = new CompletableFuture<Answer>();
    var download =
        new Download(
            body ->
                begun.complete(
                    Answer.of("application/octet-stream", "")
                        .with(
                            "content-disposition", "attachment; filename*=UTF-8''" + percent(file))
                        .made(body)),
            downloads::decrementAndGet);
    source
        .files()
        .ask(
            found.node().orElseThrow(),
            found.run(),
            file,
            0,
            download,
            sentence -> {
              download.close();
              begun.complete(
                  Answer.problem(
                      404,
                      sentence
                          + " Its client got them into "
                          + (test.origin().workspacePath().isEmpty()
                              ? "its workspace"
                              : SafeName.shown(test.origin().workspacePath()))
                          + ", unless it was started with --detach."));
            });
    return begun;
  }

  /** The file that is meant when nobody says which. */
  private static Optional<String> only(ResultsWish wish, RuntimeId run) {
    var names =
        Stream.concat(wish.files().stream().map(ResultsWish::baseName), wish.output().stream())
            .toList();
    return names.size() == 1 && wish.patterns().isEmpty()
        ? Optional.of(ResultsWish.ofPart(names.get(0), run.subId()))
        : Optional.empty();
  }

  private static String which(ResultsWish wish) {
    return wish.isEmpty()
        ? "It asked for none."
        : "It asked for "
            + SafeName.shown(
                Stream.of(wish.files().stream(), wish.patterns().stream(), wish.output().stream())
                    .flatMap(it -> it)
                    .collect(Collectors.joining(", ")))
            + "; name one with file=.";
  }

  private static String percent(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Answer broken() {
    return Answer.problem(503, "The output broke off on its way from the node; try again.");
  }

  private static CompletableFuture<Answer> either(
      CompletableFuture<Answer> one, CompletableFuture<Answer> other) {
    return one.applyToEither(other, answer -> answer);
  }

  private static CompletableFuture<Answer> now(Answer answer) {
    return CompletableFuture.completedFuture(answer);
  }
}
