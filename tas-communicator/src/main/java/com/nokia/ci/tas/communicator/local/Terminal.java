package com.nokia.ci.tas.communicator.local;

import java.io.PrintWriter;
import java.util.concurrent.CompletableFuture;

/**
 * What a person sees of a local run: the output of the executor on the standard output, how far it
 * is on the standard error. For any thread.
 *
 * @param out for what the executor says
 * @param err for what is said about it
 */
record Terminal(PrintWriter out, PrintWriter err) {

  /** Shows some lines of the executor. */
  CompletableFuture<Void> show(String text) {
    out.println(text);
    out.flush();
    return CompletableFuture.completedFuture(null);
  }

  void note(String sentence) {
    err.println("tas: " + sentence);
    err.flush();
  }
}
