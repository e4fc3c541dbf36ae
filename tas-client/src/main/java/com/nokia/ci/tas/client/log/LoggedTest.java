package com.nokia.ci.tas.client.log;

import com.nokia.ci.tas.client.internal.TestObserver;
import com.nokia.ci.tas.client.verdict.Ending;
import com.nokia.ci.tas.commons.Product;
import com.nokia.ci.tas.commons.Test;
import com.nokia.ci.tas.commons.model.RuntimeId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes down what an observer is told, and tells it. */
final class LoggedTest implements TestObserver {
  private final RunLog log;
  private final TestObserver observer;

  LoggedTest(RunLog log, Test asked, TestObserver observer) {
    this.log = log;
    this.observer = observer;
    log.write(Level.INFO, Part.CLIENT, asked(asked));
  }

  /** What was asked for; of variables their names alone. */
  private static String asked(Test test) {
    var asked = new ArrayList<String>();
    asked.add("asked for test " + test.getId());
    add(asked, "on", test.getRequiredEnvironment());
    add(asked, "executor", test.getExecutorApplication() + " " + test.getExecutorScript());
    add(asked, "artifacts", String.join(" ", test.getArtifacts()));
    add(asked, "variables", String.join(" ", test.getExecutorEnvparams().keySet()));
    add(asked, "results", test.getResultsFilename());
    asked.add("timeout " + test.getTimeout() + " ms");
    add(asked, "waiting timeout", test.getWaitingTimeout());
    add(asked, "preparation timeout", test.getPreparationTimeout());
    add(asked, "execution timeout", test.getExecutionTimeout());
    return String.join(", ", asked);
  }

  private static void add(List<String> asked, String what, String value) {
    if (!value.isBlank()) {
      asked.add(what + " " + value.strip());
    }
  }

  private static void add(List<String> asked, String limit, long millis) {
    if (millis > 0) {
      asked.add(limit + " " + millis + " ms");
    }
  }

  @Override
  public void accepted(Test test) {
    log.write(Level.INFO, Part.SERVICE, "the test is accepted");
    observer.accepted(test);
  }

  @Override
  public void started(Test test) {
    started(test, /* attempt= */ 0);
  }

  @Override
  public void started(Test test, int attempt) {
    String products =
        test.getReservedProducts().stream()
            .map(Product::toString)
            .collect(Collectors.joining(", "));
    log.write(
        Level.INFO,
        Part.NODE,
        "test "
            + test.getRuntimeId()
            + " is started"
            + (attempt > 1 ? ", attempt " + attempt : "")
            + (products.isEmpty() ? "" : ", on " + products));
    observer.started(test, attempt);
  }

  @Override
  public void waiting(Test test, String details) {
    log.write(Level.INFO, Part.SERVICE, details);
    observer.waiting(test, details);
  }

  @Override
  public void remarked(Test test, String text) {
    log.write(Level.WARNING, Part.SERVICE, text);
    observer.remarked(test, text);
  }

  @Override
  public void delivered(RuntimeId part, String name) {
    log.write(Level.INFO, Part.NODE, "artifact " + name + " is on its node");
    observer.delivered(part, name);
  }

  @Override
  public void received(RuntimeId part, String name) {
    log.write(Level.INFO, Part.NODE, "results file " + name + " has arrived");
    observer.received(part, name);
  }

  @Override
  public void said(Test test, String text) {
    log.write(Level.INFO, Part.EXECUTOR, text);
    observer.said(test, text);
  }

  @Override
  public void noted(Test test, String sentence) {
    log.write(Level.WARNING, Part.CLIENT, sentence);
    observer.noted(test, sentence);
  }

  @Override
  public void ended(Test test, Ending ending) {
    String how = "the test has ended: " + ending.kind().name().toLowerCase(Locale.ROOT);
    log.write(
        ending.kind() == Ending.Kind.FINISHED ? Level.INFO : Level.ERROR,
        Part.SERVICE,
        ending.reason().isEmpty() ? how : how + ": " + ending.reason());
    log.end();
    observer.ended(test, ending);
  }

  @Override
  public void transferring(RuntimeId part, Transfer transfer) {
    observer.transferring(part, transfer);
  }

  @Override
  public Optional<InputStream> read(String directory, String name) throws IOException {
    return observer.read(directory, name);
  }

  @Override
  public boolean mayStream() {
    return observer.mayStream();
  }

  @Override
  public Path resultsDirectory(String workspace) {
    return observer.resultsDirectory(workspace);
  }

  @Override
  public Optional<OutputStream> create(String directory, String name) throws IOException {
    return observer.create(directory, name);
  }
}
