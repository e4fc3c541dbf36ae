package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.client.internal.Outcome;
import com.nokia.ci.tas.client.internal.TestObserver;
import com.nokia.ci.tas.commons.Product;
import com.nokia.ci.tas.commons.Test;
import java.io.PrintWriter;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Shows a test as it goes: what is said about it on the standard output, how far it is on the
 * standard error.
 */
final class TestWatch implements TestObserver {
  private final PrintWriter out;
  private final PrintWriter err;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

  TestWatch(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  /** Completes when the test has ended. */
  CompletableFuture<Outcome> outcome() {
    return outcome;
  }

  @Override
  public void accepted(Test test) {
    note("test " + test.getId() + " is accepted and waits for its products");
  }

  @Override
  public void started(Test test) {
    note("test " + test.getRuntimeId() + " is started" + on(test));
  }

  @Override
  public void said(Test test, String text) {
    out.println(test.getSubId().isEmpty() ? text : named(test, text));
    out.flush();
  }

  @Override
  public void noted(Test test, String sentence) {
    note(sentence);
  }

  @Override
  public void ended(Test test, Outcome how) {
    outcome.complete(how);
  }

  void note(String text) {
    err.println("tas: " + text);
    err.flush();
  }

  /** Sub-tests speak side by side: each line says whose it is. */
  private static String named(Test test, String text) {
    String name = test.getRuntimeId() + ": ";
    return text.lines().map(line -> name + line).collect(Collectors.joining("\n"));
  }

  private static String on(Test test) {
    return test.getReservedProducts().isEmpty()
        ? ""
        : test.getReservedProducts().stream()
            .map(Product::toString)
            .collect(Collectors.joining(", ", " on ", ""));
  }
}
