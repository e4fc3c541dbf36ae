package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.client.internal.TestObserver;
import com.nokia.ci.tas.client.verdict.Ending;
import com.nokia.ci.tas.commons.Product;
import com.nokia.ci.tas.commons.Test;
import com.nokia.ci.tas.commons.model.RuntimeId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Shows a test as it goes and remembers what reports tell of it. */
final class RunWatch implements TestObserver {
  private final Voice voice;
  private final boolean isOneOfSeveral;
  private final Path results;
  private final CompletableFuture<Ending> outcome = new CompletableFuture<>();
  private final CompletableFuture<Void> accepted = new CompletableFuture<>();
  private final CompletableFuture<Void> begun = new CompletableFuture<>();
  private final Set<String> names = new LinkedHashSet<>();
  private volatile boolean waiting;
  private volatile List<String> products = List.of();

  /**
   * A watch for one test.
   *
   * @param isOneOfSeveral whether each line of output says whose it is
   * @param results the directory that gets the results
   */
  RunWatch(Voice voice, boolean isOneOfSeveral, Path results) {
    this.voice = voice;
    this.isOneOfSeveral = isOneOfSeveral;
    this.results = results;
  }

  /** Completes when the service has taken the test and has nothing for it at once. */
  CompletableFuture<Void> accepted() {
    return accepted;
  }

  /** Completes when a node has all files of the test, or of a part of it, and runs it. */
  CompletableFuture<Void> begun() {
    return begun;
  }

  /** Completes when the test has ended. */
  CompletableFuture<Ending> outcome() {
    return outcome;
  }

  /** Whether it is accepted and nothing of it has been started. */
  boolean isWaiting() {
    return waiting && !outcome.isDone();
  }

  /** What it ran on last. */
  List<String> products() {
    return products;
  }

  /** The files that arrived; to be asked when it has ended. */
  List<Path> files() {
    synchronized (names) {
      return names.stream().map(results::resolve).filter(Files::isRegularFile).toList();
    }
  }

  @Override
  public void accepted(Test test) {
    waiting = true;
    accepted.complete(null);
    voice.note(test.getId(), "test " + test.getId() + " is accepted and waits for its products");
  }

  @Override
  public void started(Test test) {
    if (waiting) {
      waiting = false;
      voice.progress("");
    }
    products = test.getReservedProducts().stream().map(Product::toString).toList();
    String on =
        products.stream().collect(Collectors.joining(", ", products.isEmpty() ? "" : " on ", ""));
    voice.note(test.getId(), "test " + test.getRuntimeId() + " is started" + on);
    begun.complete(null);
  }

  @Override
  public void said(Test test, String text) {
    boolean isNamed = isOneOfSeveral || !test.getSubId().isEmpty();
    voice.output(test.getRuntimeId(), isNamed ? test.getRuntimeId() + ": " : "", text);
  }

  @Override
  public void noted(Test test, String sentence) {
    voice.note(test.getId(), sentence);
  }

  @Override
  public void ended(Test test, Ending how) {
    voice.progress("");
    outcome.complete(how);
  }

  @Override
  public Path resultsDirectory(String workspace) {
    return results;
  }

  @Override
  public void transferring(RuntimeId part, Transfer transfer) {
    voice.transferring(transfer);
  }

  @Override
  public void delivered(RuntimeId part, String name) {
    voice.transferred(name);
  }

  @Override
  public void received(RuntimeId part, String name) {
    voice.transferred(name);
    synchronized (names) {
      names.add(name);
    }
  }
}
