package com.nokia.ci.tas.service.http;

import java.util.concurrent.CompletableFuture;

/** Answers requests; called on a thread for pages, may take its time. */
@FunctionalInterface
interface Answering {
  /** The answer, now or when it is made elsewhere. */
  CompletableFuture<Answer> answer(Request request);
}
